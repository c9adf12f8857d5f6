import { type FactTable, numbersIn, type RatioColumn } from "@/lib/metrics/columns/table";
import type { Cell } from "./cell-coder";
import type { CellCounts } from "./cell-counts";
import type { MetricTally, TablePlan } from "./metric-tally";

/** Σx, Σy, Σx², Σxy, Σy². */
const SUMS = 5;

/** The sums of a ratio's numbers per cell, beside the counts of the cells. */
export class CellSums {
  private values = new Float64Array(0);
  private readonly xs: Int32Array;
  private readonly ys: Int32Array;

  constructor(measure: { numerator: RatioColumn; denominator: RatioColumn }, table: FactTable) {
    this.xs = numbersIn(table, measure.numerator);
    this.ys = numbersIn(table, measure.denominator);
  }

  /**
   * Adds the rows `from … from + length − 1`, whose cells were counted last. Unknown numbers are added like others:
   * their cell says that they are unknown, and nobody asks for its sums.
   */
  add(counts: CellCounts, from: number, length: number): void {
    if (this.values.length < counts.counts.length * SUMS) {
      const larger = new Float64Array(counts.counts.length * SUMS);
      larger.set(this.values);
      this.values = larger;
    }
    const { values, xs, ys } = this;
    const { positions, positionsAt } = counts;
    for (let index = 0; index < length; index += 1) {
      const at = (positions[positionsAt + index] as number) * SUMS;
      // Sums of one cell wait for each other, so those of what is left out would be the slowest of all.
      if (at === 0) continue;
      const x = xs[from + index] as number;
      const y = ys[from + index] as number;
      values[at] = (values[at] as number) + x;
      values[at + 1] = (values[at + 1] as number) + y;
      values[at + 2] = (values[at + 2] as number) + x * x;
      values[at + 3] = (values[at + 3] as number) + x * y;
      values[at + 4] = (values[at + 4] as number) + y * y;
    }
  }

  /** Adds the sums of a cell that was counted to the metric's groups; false when it is in several of them. */
  addUp(metric: MetricTally, plan: TablePlan, code: number, bucket: number, position: number): boolean {
    return metric.addSumsAgain(plan, code, bucket, this.values, position * SUMS);
  }

  /** The same for a cell that is in several groups. */
  addUpSeveral(metric: MetricTally, plan: TablePlan, cell: Cell, bucket: number, position: number): void {
    metric.addSums(plan, cell, bucket, this.values, position * SUMS);
  }

  /** Forgets the sums of the first `used` positions. */
  reset(used: number): void {
    this.values.fill(0, 0, used * SUMS);
  }
}
