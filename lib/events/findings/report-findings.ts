import { createHash } from "node:crypto";
import { withTransaction } from "@/lib/db/transaction";
import { findRepository } from "@/lib/events/find-repository";
import { type FleetEvent, pullRequestSubject } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import type { ToolFindings } from "./read-sarif";

/** What scanners found in a pull request, tool by tool. */
export interface FindingsReport {
  /** `org/name`. */
  repository: string;
  number: number;
  /** When it was scanned, an ISO instant. */
  at: string;
  tools: readonly ToolFindings[];
}

/**
 * Appends what scanners found to the log, one event per tool. The same report twice is one.
 * @throws {AppError} `not_found` where there is no such repository; nothing is appended then
 */
export async function reportFindings({ at, number, repository, tools }: FindingsReport): Promise<void> {
  const { orgId, repo } = await findRepository(repository);
  const events = tools.map((payload): FleetEvent => {
    const digest = createHash("sha256")
      .update(JSON.stringify([at, payload]))
      .digest("hex")
      .slice(0, 16);
    return {
      id: `findings:${repository}#${number}:${digest}`,
      orgId,
      source: "ci",
      repo,
      occurredAt: at,
      subject: pullRequestSubject(repo, number),
      actor: null,
      kind: "findings.reported",
      payload: { number, ...payload },
    };
  });
  await withTransaction((client) => appendEvents(client, [events]));
}
