/** How a list is sorted. */
export interface RowOrder {
  /** What is sorted by, by row. */
  values: Int32Array | Float64Array;
  /** What stands for a missing value, which comes last in both directions. */
  missing: number;
  /** 1: ascending; −1: descending. */
  way: 1 | -1;
  /** Orders two rows of the same value; 0 only for a row and itself. */
  compare: (a: number, b: number) => number;
}

/** Where a row stands in a list: smaller ranks come first. */
export function rankOf({ missing, values, way }: Omit<RowOrder, "compare">, row: number): number {
  const value = values[row] as number;
  return value === missing ? Number.POSITIVE_INFINITY : way * value;
}

/** How the rows of a list stand before it is sorted. */
export interface RowWalk {
  rows: Uint32Array;
  /** Whether the last row is looked at first. */
  backwards: boolean;
  /** Whether the ranks only rise on this way. */
  isSorted: boolean;
}

/** Where the page before ended. */
export interface PageStart {
  rank: number;
  /** Whether a row of that rank comes after it. */
  follows: (row: number) => boolean;
}

/** How many of the first numbers have a property that none has after one that has it not. */
function countWhile(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a row belongs among the best ones. A function of its own: the loop below must not make a closure per row. */
function placeOf(
  row: number,
  value: number,
  best: readonly number[],
  ranks: readonly number[],
  compare: RowOrder["compare"],
): number {
  return countWhile(best.length, (at) => {
    const other = ranks[at] as number;
    return other < value || (other === value && compare(best[at] as number, row) < 0);
  });
}

/** The first rows of a list after a position, in order, found in one pass that keeps no more than these. */
export function firstRows(
  { backwards, isSorted, rows }: RowWalk,
  order: RowOrder,
  start: PageStart | null,
  limit: number,
): number[] {
  const best: number[] = [];
  const ranks: number[] = [];
  const { compare, missing, values, way } = order;
  const { length } = rows;
  const rowAt = (step: number) => rows[backwards ? length - 1 - step : step] as number;
  const first = isSorted && start !== null ? countWhile(length, (step) => rankOf(order, rowAt(step)) < start.rank) : 0;
  let worst = Number.POSITIVE_INFINITY;
  for (let step = first; step < length; step += 1) {
    const row = rows[backwards ? length - 1 - step : step] as number;
    const raw = values[row] as number;
    const value = raw === missing ? Number.POSITIVE_INFINITY : way * raw;
    if (value > worst) {
      if (isSorted) break;
      continue;
    }
    if (start !== null && (value < start.rank || (value === start.rank && !start.follows(row)))) continue;
    if (best.length === limit && value === worst && compare(row, best[limit - 1] as number) > 0) continue;
    const place = placeOf(row, value, best, ranks, compare);
    best.splice(place, 0, row);
    ranks.splice(place, 0, value);
    if (best.length > limit) {
      best.pop();
      ranks.pop();
    }
    if (best.length === limit) worst = ranks[limit - 1] as number;
  }
  return best;
}
