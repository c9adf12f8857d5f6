import { type FactTable, numbersIn, type RatioColumn } from "@/lib/metrics/columns/table";
import type { Cell } from "./cell-coder";
import { cellsWithOut } from "./cell-counts";
import type { MetricTally, TablePlan } from "./metric-tally";
import { type ProfileRows, sumCells } from "./profile-loops";

/** The sums of a ratio's numbers where all rows are in one group: several times as fast as sums per cell. */
export class SingleSums {
  /** By cell: whether its rows count in the numerator and in the whole. */
  readonly above: Float64Array;
  readonly below: Float64Array;
  private readonly seen: Uint8Array;
  private readonly sums = new Float64Array(5);

  /** Whether a metric has no more than one group. */
  static suits({ groups, wholes }: MetricTally): boolean {
    return groups.size === 1 && wholes.size === 1;
  }

  /** @param size cells that could exist, beside cell 0 */
  constructor(
    private readonly metric: MetricTally,
    private readonly plan: TablePlan,
    private readonly measure: { numerator: RatioColumn; denominator: RatioColumn },
    size: number,
  ) {
    this.above = new Float64Array(cellsWithOut(size));
    this.below = new Float64Array(cellsWithOut(size));
    this.seen = new Uint8Array(size + 1);
  }

  /** Takes note of a cell that occurs. */
  see(code: number, cell: Cell): void {
    if (this.seen[code] === 1) return;
    this.seen[code] = 1;
    const { metric, plan } = this;
    const inGroup = plan.groups.onlyGroup(cell) >= 0;
    this.below[code] = Number(plan.wholes.onlyGroup(cell) >= 0 && metric.reads(plan, cell, "whole"));
    this.above[code] = Number(inGroup && metric.reads(plan, cell, "numerator"));
  }

  /** Adds rows of a bucket, all of whose cells (from `at` on) were seen. */
  add(table: FactTable, bucket: number, rows: { cells: Int32Array; at: number; from: number; to: number }): void {
    this.sums.fill(0);
    sumUp(this.sums, numbersIn(table, this.measure.numerator), numbersIn(table, this.measure.denominator), rows, this);
    this.addTo(bucket);
  }

  /** The same for rows whose cells follow from their profiles. */
  addAlone(table: FactTable, bucket: number, parts: readonly ProfileRows[]): void {
    this.sums.fill(0);
    for (const rows of parts) {
      sumCells(
        this.sums,
        rows,
        this,
        numbersIn(table, this.measure.numerator),
        numbersIn(table, this.measure.denominator),
      );
    }
    this.addTo(bucket);
  }

  private addTo(bucket: number): void {
    const { denominators, numerators } = this.metric;
    if (denominators.groups.length > 0) denominators.addDenominatorSums(bucket, this.sums, 0);
    if (numerators.groups.length > 0) numerators.addNumeratorSums(bucket, this.sums, 0);
  }
}

/** Writes Σx, Σy, Σx², Σxy, Σy² of rows to `sums`. */
function sumUp(
  sums: Float64Array,
  xs: Int32Array,
  ys: Int32Array,
  { at, cells, from, to }: { cells: Int32Array; at: number; from: number; to: number },
  { above, below }: { above: Float64Array; below: Float64Array },
): void {
  let [sumX, sumY, sumXX, sumXY, sumYY] = [0, 0, 0, 0, 0];
  for (let row = from; row < to; row += 1) {
    const cell = cells[at + row - from] as number;
    const x = (xs[row] as number) * (above[cell] as number);
    const y = (ys[row] as number) * (below[cell] as number);
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
    sumYY += y * y;
  }
  sums.set([sumX, sumY, sumXX, sumXY, sumYY]);
}
