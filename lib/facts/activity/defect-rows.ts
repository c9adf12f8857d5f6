import { DEFECT_SEVERITY_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { rowIdOf } from "./row-id";

export const DEFECT_COLUMNS = [
  "org_id",
  "opened_at",
  "id",
  "repo_id",
  "caused_by_number",
  "severity",
  "security",
  "before_merge",
] as const;

/** A defect as a row of `fact_defect`. */
export function defectRow(event: FleetEventOf<"defect.opened">, repoId: number | null): readonly CopyValue[] {
  const { beforeMerge, causedByNumber, severity, security } = event.payload;
  return [
    event.orgId,
    event.occurredAt,
    rowIdOf(event.id),
    repoId,
    causedByNumber,
    DEFECT_SEVERITY_CODE[severity],
    security,
    beforeMerge === true,
  ];
}
