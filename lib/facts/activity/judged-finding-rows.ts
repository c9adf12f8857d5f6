import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";

export const JUDGED_FINDING_COLUMNS = ["org_id", "finding", "judged_at", "tool", "is_false"] as const;

/** What somebody said of a finding as a row of `fact_judged_finding`; of several the last counts. */
export function judgedFindingRow({ occurredAt, orgId, payload }: FleetEventOf<"finding.judged">): readonly CopyValue[] {
  return [orgId, payload.finding, occurredAt, payload.tool, payload.isFalse];
}
