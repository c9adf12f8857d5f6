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
  "issue",
] as const;

const ISSUE = /^github:([^:#]+)#(\d{1,9})$/;

/** The issue that a defect is, where it is one of its repository's. */
function issueOf({ payload, repo }: FleetEventOf<"defect.opened">): number | null {
  const [, name, issue] = ISSUE.exec(payload.defect) ?? [];
  return name === repo && issue !== undefined ? Number(issue) : null;
}

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
    issueOf(event),
  ];
}
