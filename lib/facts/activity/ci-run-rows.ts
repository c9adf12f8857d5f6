import { CI_CONCLUSION_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { rowIdOf } from "./row-id";

export const CI_RUN_COLUMNS = [
  "org_id",
  "repo_id",
  "finished_at",
  "id",
  "number",
  "conclusion",
  "seconds",
  "check_name",
] as const;

/** A finished check run as a row of `fact_ci_run`; `seconds` is its run time. */
export function ciRunRow(event: FleetEventOf<"ci_run.finished">, repoId: number): readonly CopyValue[] {
  const { number, conclusion, seconds, check } = event.payload;
  return [
    event.orgId,
    repoId,
    event.occurredAt,
    rowIdOf(event.id),
    number,
    CI_CONCLUSION_CODE[conclusion],
    seconds,
    check,
  ];
}
