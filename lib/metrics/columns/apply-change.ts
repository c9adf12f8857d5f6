import { type Adopted, type ColumnWriter, type RowColumns, rowColumnsOf } from "./column-writer";
import type { FactTable } from "./table";

/** What happened to an organisation's pull requests since its table was current. */
export interface TableChange {
  /** The pull requests that may have changed: numbers by repository id, or all of a repository. */
  keys: ReadonlyMap<number, ReadonlySet<number> | "all">;
  /** Those of them that exist now. */
  fresh: FactTable;
}

/** A row of the new table that the old one does not have, or a row of the old one that the new one does not have. */
interface Edit {
  /** Row of the old table that goes, or before which a row is inserted. */
  at: number;
  /** Row of the fresh table; null: the old one goes. */
  insert: number | null;
}

/** A row that stands where it stood, with other values perhaps. */
interface Kept {
  at: number;
  row: number;
}

/** Rows of the table that the change is about, in order. */
function changedRows(writer: ColumnWriter, keys: TableChange["keys"]): number[] {
  const { table } = writer;
  const byPosition: (ReadonlySet<number> | "all" | undefined)[] = [];
  const affected = new Uint8Array(table.repos.length);
  for (const [repoId, numbers] of keys) {
    const position = writer.findRepo(repoId);
    if (position === undefined) continue;
    byPosition[position] = numbers;
    affected[position] = 1;
  }
  const rows: number[] = [];
  const { repo, number, length } = table;
  for (let row = 0; row < length; row += 1) {
    const position = repo[row] ?? 0;
    if (affected[position] === 0) continue;
    const numbers = byPosition[position];
    if (numbers === "all" || numbers?.has(number[row] ?? 0) === true) rows.push(row);
  }
  return rows;
}

/** Whether a row stands before (negative), at (0) or behind (positive) another table's row. */
function compareRows(left: FactTable, row: number, right: FactTable, other: number): number {
  return (
    (left.mergedAt[row] ?? 0) - (right.mergedAt[other] ?? 0) ||
    (left.repos[left.repo[row] ?? 0] ?? 0) - (right.repos[right.repo[other] ?? 0] ?? 0) ||
    (left.number[row] ?? 0) - (right.number[other] ?? 0)
  );
}

/** The first row that does not stand before a row of another table. */
function placeOf(table: FactTable, fresh: FactTable, row: number): number {
  let low = 0;
  let high = table.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareRows(table, middle, fresh, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Copies one row's values into columns that use this writer's positions. @returns whether any of them is new */
function copyRow(to: RowColumns, at: number, fresh: FactTable, row: number, adopted: Adopted): boolean {
  let differs = false;
  for (const column of rowColumnsOf(fresh)) {
    const stored = fresh[column][row] ?? 0;
    const value =
      column === "repo" || column === "team" || column === "profile" ? (adopted[column][stored] ?? 0) : stored;
    differs ||= to[column][at] !== value;
    to[column][at] = value;
  }
  return differs;
}

/** What a change does to the rows, by their order. */
function compareTables(writer: ColumnWriter, { keys, fresh }: TableChange): { edits: Edit[]; kept: Kept[] } {
  const { table } = writer;
  const stale = changedRows(writer, keys);
  const edits: Edit[] = [];
  const kept: Kept[] = [];
  let next = 0;
  for (let row = 0; row < fresh.length; row += 1) {
    let at = stale[next];
    while (at !== undefined && compareRows(table, at, fresh, row) < 0) {
      edits.push({ at, insert: null });
      next += 1;
      at = stale[next];
    }
    if (at !== undefined && compareRows(table, at, fresh, row) === 0) {
      kept.push({ at, row });
      next += 1;
    } else {
      edits.push({ at: placeOf(table, fresh, row), insert: row });
    }
  }
  for (const at of stale.slice(next)) edits.push({ at, insert: null });
  return { edits, kept };
}

/** Fills new columns with blocks of the old ones and the fresh rows between them. @returns the number of rows */
function merge(
  table: FactTable,
  edits: readonly Edit[],
  columns: RowColumns,
  copyFresh: (at: number, row: number) => void,
): number {
  const names = rowColumnsOf(table);
  let from = 0;
  let to = 0;
  const copyBlock = (end: number) => {
    for (const column of names) columns[column].set(table[column].subarray(from, end), to);
    to += end - from;
    from = end;
  };
  for (const { at, insert } of edits) {
    copyBlock(at);
    if (insert === null) {
      from = at + 1;
    } else {
      copyFresh(to, insert);
      to += 1;
    }
  }
  copyBlock(table.length);
  return to;
}

/**
 * Brings a table up to date, at once and in place. Rows that keep their place are overwritten, rows behind the last
 * one are appended; only what belongs between other rows, or goes, moves the others.
 */
export function applyChange(writer: ColumnWriter, change: TableChange): void {
  const { table } = writer;
  const { fresh } = change;
  const adopted = writer.adopt(fresh);
  const { edits, kept } = compareTables(writer, change);
  const inserted = edits.filter(({ insert }) => insert !== null).length;
  // Memory is taken before the first row changes: when there is none left, the table is what it was.
  const merged = edits.some(({ at, insert }) => insert === null || at < table.length)
    ? writer.emptyColumns(table.length + inserted)
    : null;
  if (merged === null) writer.reserve(table.length + inserted);
  let changed = edits.length > 0;
  for (const { at, row } of kept) changed = copyRow(table, at, fresh, row, adopted) || changed;
  if (merged !== null) {
    const length = merge(table, edits, merged, (at, row) => copyRow(merged, at, fresh, row, adopted));
    Object.assign(table, merged, { length });
  } else {
    for (const { insert } of edits) {
      if (insert === null) continue;
      copyRow(table, table.length, fresh, insert, adopted);
      table.length += 1;
    }
  }
  if (changed) table.version += 1;
}
