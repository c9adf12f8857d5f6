import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { rowIdOf } from "./row-id";

export const FINDING_COLUMNS = ["org_id", "repo_id", "number", "id", "reported_at", "findings", "tool"] as const;

/** What a scanner found in a pull request as a row of `fact_finding_report`. */
export function findingRow(event: FleetEventOf<"findings.reported">, repoId: number): readonly CopyValue[] {
  const { findings, number, tool } = event.payload;
  return [event.orgId, repoId, number, rowIdOf(event.id), event.occurredAt, findings, tool];
}
