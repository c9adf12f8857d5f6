import type { Positions } from "@/lib/metrics/columns/table";

/**
 * Rows `from … to − 1` of a table whose cells follow from their profiles and answers alone. Each loop here finds the
 * cells anew: that takes no longer than to read them from where another loop put them.
 */
export interface ProfileRows {
  profile: Positions;
  /** Cells by profile, to which the answers are added; behind all cells for what is left out. */
  codes: Int32Array;
  /** Answers by row; null when nothing is asked of the rows. */
  numbers: Uint16Array | null;
  from: number;
  to: number;
}

/** Counts the cells of rows. */
export function countCells(counts: Int32Array, { codes, from, numbers, profile, to }: ProfileRows): void {
  if (numbers === null) tally(counts, profile, codes, from, to);
  else tallyWithNumbers(counts, profile, codes, numbers, from, to);
}

function tally(counts: Int32Array, positions: Positions, codes: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row += 1) {
    const at = codes[positions[row] as number] as number;
    counts[at] = (counts[at] as number) + 1;
  }
}

function tallyWithNumbers(
  counts: Int32Array,
  positions: Positions,
  codes: Int32Array,
  numbers: Uint16Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row += 1) {
    const at = (codes[positions[row] as number] as number) + (numbers[row] as number);
    counts[at] = (counts[at] as number) + 1;
  }
}

/**
 * Adds Σx, Σy, Σx², Σxy, Σy² of rows to `sums`.
 * @param above by cell: 1 where x counts, 0 elsewhere
 * @param below the same of y
 */
export function sumCells(
  sums: Float64Array,
  { codes, from, numbers, profile, to }: ProfileRows,
  { above, below }: { above: Float64Array; below: Float64Array },
  xs: Int32Array,
  ys: Int32Array,
): void {
  if (numbers === null) return;
  let [sumX, sumY, sumXX, sumXY, sumYY] = [0, 0, 0, 0, 0];
  for (let row = from; row < to; row += 1) {
    const cell = (codes[profile[row] as number] as number) + (numbers[row] as number);
    const x = (xs[row] as number) * (above[cell] as number);
    const y = (ys[row] as number) * (below[cell] as number);
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
    sumYY += y * y;
  }
  for (const [index, sum] of [sumX, sumY, sumXX, sumXY, sumYY].entries()) sums[index] = (sums[index] ?? 0) + sum;
}

/**
 * Writes the values of rows that count to `into`, one behind the other.
 * @param counted by cell: 1 where its rows count, 0 elsewhere
 * @returns where the next one belongs
 */
export function gatherCells(
  into: Int32Array,
  start: number,
  { codes, from, numbers, profile, to }: ProfileRows,
  counted: Int32Array,
  values: Int32Array,
): number {
  if (numbers === null) return start;
  let next = start;
  for (let row = from; row < to; row += 1) {
    // Written whether it counts or not, and written over if not.
    into[next] = values[row] as number;
    next += counted[(codes[profile[row] as number] as number) + (numbers[row] as number)] as number;
  }
  return next;
}
