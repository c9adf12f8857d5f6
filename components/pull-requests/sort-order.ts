import type { DataTableSort } from "@/components/data-table/sort-rows";
import { PULL_REQUEST_SORTS, type PullRequestsRequest } from "@/components/query/query-keys";

export type PullRequestSort = NonNullable<PullRequestsRequest["sort"]>;

export const SORT_LABEL: Record<PullRequestSort, string> = {
  "-mergedAt": "Newest first",
  mergedAt: "Oldest first",
  hoursToRollback: "Rolled back soonest",
  "-hoursToRollback": "Rolled back latest",
  "-effectiveLines": "Most lines",
  effectiveLines: "Fewest lines",
};

/** The order as a table head shows it. */
export function toTableSort(sort: PullRequestSort): DataTableSort {
  const desc = sort.startsWith("-");
  return { id: desc ? sort.slice(1) : sort, desc };
}

/** The order that a table head asks for; none means the newest first. */
export function fromTableSort(sort: DataTableSort | null): PullRequestSort {
  const text = sort === null ? null : `${sort.desc ? "-" : ""}${sort.id}`;
  return PULL_REQUEST_SORTS.find((known) => known === text) ?? "-mergedAt";
}
