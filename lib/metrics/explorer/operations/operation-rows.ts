import { type FactTable, SUBJECT_CODE, type Subject } from "@/lib/metrics/columns/table";
import type { ListFrame } from "@/lib/metrics/explorer/list-frame";
import { compileRowFilter } from "@/lib/metrics/scan/filter";
import { firstRowAt } from "@/lib/metrics/scan/stretches";

/** A row of a table of operations: its key, and its place in the list. */
export interface OperationRow {
  orgId: number;
  /** Milliseconds since the epoch. */
  at: number;
  repoId: number;
  number: number;
}

export type Position = Pick<OperationRow, "at" | "repoId" | "number">;

/** Newest first; the opposite of a table's order. */
export const newestFirst = (a: Position, b: Position): number =>
  b.at - a.at || b.repoId - a.repoId || b.number - a.number;

/**
 * The rows of a table behind a figure that pass the filters of a list, newest first: how many there are, and the first
 * so many after a position.
 */
export function newestRows(
  table: FactTable,
  { from, selection, to }: ListFrame,
  subjects: readonly Subject[],
  { after, most }: { after: Position | null; most: number },
): { rows: OperationRow[]; total: number } {
  const filter = compileRowFilter(table, selection.repos, selection.narrowings);
  const codes = subjects.map((subject): number => SUBJECT_CODE[subject]);
  const shown = table.profiles.map(({ subject }) => codes.includes(subject));
  const { mergedAt, number, orgId, profile, repo, repos, team } = table;
  const first = from === null ? 0 : firstRowAt(table, from.getTime());
  const end = to === null ? table.length : firstRowAt(table, to.getTime());
  const rows: OperationRow[] = [];
  let total = 0;
  for (let row = end - 1; row >= first; row -= 1) {
    const ofRepo = repo[row] as number;
    if (filter.repo[ofRepo] !== 1 || shown[profile[row] as number] !== true) continue;
    if (filter.team !== null && filter.team[team[row] as number] !== 1) continue;
    total += 1;
    if (rows.length === most) continue;
    const one = { orgId, at: mergedAt[row] as number, repoId: repos[ofRepo] as number, number: number[row] as number };
    if (after === null || newestFirst(one, after) > 0) rows.push(one);
  }
  return { rows, total };
}
