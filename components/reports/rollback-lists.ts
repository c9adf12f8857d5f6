import { createSerializer, parseAsStringLiteral } from "nuqs/server";
import type { PageScope } from "@/components/filters/page-scope";
import { filterParsers } from "@/components/filters/search-params";
import type { RollbacksRequest } from "@/components/query/query-keys";
import { type RevertKind, ROLLBACK_KINDS } from "@/lib/core/dimensions";

/** The ways in which something came back, as lists. */
export const ROLLBACK_LISTS = ["rolledBack", "ambiguous", "undeclared", "partial", "relanded", "unresolved"] as const;
export type RollbackList = (typeof ROLLBACK_LISTS)[number];

export const ROLLBACK_LIST_KINDS: Record<RollbackList, RevertKind[]> = {
  rolledBack: [...ROLLBACK_KINDS],
  ambiguous: ["ambiguous"],
  undeclared: ["undeclared"],
  partial: ["partial", "embedded"],
  relanded: ["reland"],
  unresolved: ["unresolved"],
};

export const ROLLBACK_LIST_LABEL: Record<RollbackList, string> = {
  rolledBack: "Rolled back",
  ambiguous: "Unclear",
  undeclared: "Undeclared",
  partial: "In part",
  relanded: "Landed again",
  unresolved: "Unresolved",
};

export const ROLLBACK_LIST_NOTE: Record<RollbackList, string> = {
  rolledBack:
    "A later change undid the whole of it and says so, or an older version went live without it, however late and whoever did it.",
  ambiguous:
    "An older version that went live took several back, and nothing says which was meant. Left out of the rates, which are given with bounds.",
  undeclared: "A later change put its files back and says nothing of it. Listed with its evidence, not in the rates.",
  partial: "A later change undid a part of it, or undid it among other work. Counted as rework, not in the rates.",
  relanded: "Taken back first, then landed again. The rollback still counts.",
  unresolved: "A change says that it reverts something, but what it names could not be found. Counted nowhere.",
};

/** What the period is about: the merge of what was undone, as in the rates, or the day on which it was undone. */
export const ROLLBACK_DATES = ["merge", "revert"] as const;
export type RollbackDate = (typeof ROLLBACK_DATES)[number];

export const rollbackDateParser = parseAsStringLiteral(ROLLBACK_DATES).withDefault("merge");

/** The link to the lists that keeps the reader's period and filters. */
export const serializeRollbackLists = createSerializer({ ...filterParsers, by: rollbackDateParser });

const PAGE_SIZE = 25;

/**
 * The first page of a list; only its length when another list is open. What is unresolved has no merge to go by, so it
 * goes by the day of the change that claims it.
 */
export function rollbackListRequest(
  scope: PageScope,
  list: RollbackList,
  { open, by }: { open: RollbackList; by: RollbackDate },
): RollbacksRequest {
  return {
    from: scope.period.from,
    to: scope.period.to,
    filters: scope.filters,
    kind: ROLLBACK_LIST_KINDS[list],
    by: list === "unresolved" ? "revert" : by,
    limit: list === open ? PAGE_SIZE : 1,
  };
}
