import { TOLD_ROLLBACK_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEventOf } from "@/lib/events/schema";
import { rowIdOf } from "./row-id";

export const TOLD_ROLLBACK_COLUMNS = ["org_id", "repo_id", "id", "told_at", "how", "numbers", "reason"] as const;

/** What a program tells to be taken back without a deployment as a row of `fact_told_rollback`. */
export function toldRollbackRow(event: FleetEventOf<"rollback.reported">, repoId: number): readonly CopyValue[] {
  const { how, numbers, reason } = event.payload;
  return [event.orgId, repoId, rowIdOf(event.id), event.occurredAt, TOLD_ROLLBACK_CODE[how], numbers, reason];
}
