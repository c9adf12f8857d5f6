import type { PageScope } from "@/components/filters/page-scope";
import type { RollbacksRequest } from "@/components/query/query-keys";
import type { RevertKind } from "@/lib/core/dimensions";

/** The ways in which something came back, as lists. */
export const ROLLBACK_LISTS = ["rolledBack", "partial", "relanded", "unresolved"] as const;
export type RollbackList = (typeof ROLLBACK_LISTS)[number];

export const ROLLBACK_LIST_KINDS: Record<RollbackList, RevertKind[]> = {
  rolledBack: ["revert", "undeclared"],
  partial: ["partial", "embedded"],
  relanded: ["reland"],
  unresolved: ["unresolved"],
};

export const ROLLBACK_LIST_LABEL: Record<RollbackList, string> = {
  rolledBack: "Rolled back",
  partial: "In part",
  relanded: "Landed again",
  unresolved: "Unresolved",
};

export const ROLLBACK_LIST_NOTE: Record<RollbackList, string> = {
  rolledBack: "A later change undid the whole of it. These are what the rates count.",
  partial: "A later change undid a part of it, or undid it among other work. Counted as rework, not in the rates.",
  relanded: "Taken back first, then landed again. The rollback still counts.",
  unresolved: "A change says that it reverts something, but what it names could not be found. Counted nowhere.",
};

const PAGE_SIZE = 25;

/** The first page of a list; only its length when another list is open. */
export function rollbackListRequest(scope: PageScope, list: RollbackList, open: RollbackList): RollbacksRequest {
  return {
    from: scope.period.from,
    to: scope.period.to,
    filters: scope.filters,
    kind: ROLLBACK_LIST_KINDS[list],
    limit: list === open ? PAGE_SIZE : 1,
  };
}
