import { createHash } from "node:crypto";
import { withTransaction } from "@/lib/db/transaction";
import { findRepository } from "@/lib/events/find-repository";
import { type FleetEvent, pullRequestSubject } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { type Covered, coverageOf, patchCoverage, readReport } from "./measure-coverage";

/** Coverage by tests as CI reports it of a pull request. */
export interface CoverageReport {
  /** `org/name`. */
  repository: string;
  number: number;
  /** When it was measured, an ISO instant. */
  at: string;
  /** Of the pull request's head. */
  head: string;
  /** Of what it is merged into. */
  base: string | null;
  /** The change as a unified diff. */
  diff: string | null;
}

export interface MeasuredCoverage {
  head: Covered;
  base: Covered | null;
  patch: Covered | null;
}

/**
 * Measures what a report of a pull request says and appends it to the log. The same report twice is one event; of several the
 * one that was measured last speaks.
 * @returns what was measured
 * @throws {AppError} `not_found` or `unprocessable`; nothing is appended then
 */
export async function reportCoverage({
  at,
  base,
  diff,
  head,
  number,
  repository,
}: CoverageReport): Promise<MeasuredCoverage> {
  const { orgId, repo } = await findRepository(repository);
  const hits = readReport(head, "/head");
  const measured: MeasuredCoverage = {
    head: coverageOf(hits),
    base: base === null ? null : coverageOf(readReport(base, "/base")),
    patch: diff === null ? null : patchCoverage(hits, diff),
  };
  const payload = { number, ...measured };
  const digest = createHash("sha256")
    .update(JSON.stringify([at, payload]))
    .digest("hex")
    .slice(0, 16);
  const event: FleetEvent = {
    id: `coverage:${repository}#${number}:${digest}`,
    orgId,
    source: "ci",
    repo,
    occurredAt: at,
    subject: pullRequestSubject(repo, number),
    actor: null,
    kind: "coverage.reported",
    payload,
  };
  await withTransaction((client) => appendEvents(client, [[event]]));
  return measured;
}
