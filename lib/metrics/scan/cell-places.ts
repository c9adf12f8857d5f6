import type { Cell } from "./cell-coder";
import { cellsWithOut, DIRECT_LIMIT } from "./cell-counts";
import type { MetricTally, TablePlan } from "./metric-tally";
import { gatherCells, type ProfileRows } from "./profile-loops";

const SEVERAL = -1;
const NOWHERE = 0;

/** In which groups of a metric the rows of a table's cells count, each cell worked out when it first occurs. */
export class CellPlaces {
  /** By cell: position of its only group plus one, `NOWHERE` or `SEVERAL`. */
  private readonly groupOf: Int32Array;
  /** The same where there are too many possible cells for an array. */
  private readonly sparse: Map<number, number> | null;
  private readonly several = new Map<number, number[]>();

  /** @param size cells that could exist, beside cell 0 */
  constructor(
    private readonly metric: MetricTally,
    private readonly plan: TablePlan,
    size: number,
  ) {
    this.sparse = size > DIRECT_LIMIT ? new Map() : null;
    this.groupOf = new Int32Array(this.sparse === null ? cellsWithOut(size) : 0);
  }

  /** Takes note of a cell that occurs, after it was counted. */
  see(code: number, cell: Cell): void {
    if (this.at(code) !== NOWHERE) return;
    const { metric, plan } = this;
    if (!metric.reads(plan, cell, "numerator")) return;
    const groups = plan.groups.groups(cell).map((group) => metric.numerators.find(group));
    const [only] = groups;
    if (only === undefined) return;
    if (groups.length > 1) this.several.set(code, groups);
    const group = groups.length > 1 ? SEVERAL : only + 1;
    if (this.sparse === null) this.groupOf[code] = group;
    else this.sparse.set(code, group);
  }

  private at(code: number): number {
    return this.sparse === null ? (this.groupOf[code] as number) : (this.sparse.get(code) ?? NOWHERE);
  }

  /**
   * Writes the numbers of rows to where those of their group stand next.
   * @param next by position of a group
   */
  gather(values: Int32Array, next: Int32Array, rows: GatheredRows): void {
    if (next.length === 1 && this.sparse === null) this.gatherOne(values, next, rows);
    else this.gatherAll(values, next, rows);
  }

  /** The same for rows whose cells follow from their profiles, all of one group. */
  gatherAlone(values: Int32Array, next: Int32Array, parts: readonly ProfileRows[], column: Int32Array): void {
    for (const rows of parts) next[0] = gatherCells(values, next[0] as number, rows, this.groupOf, column);
  }

  private gatherOne(values: Int32Array, next: Int32Array, { at, cells, column, from, length }: GatheredRows): void {
    const { groupOf } = this;
    let place = next[0] as number;
    for (let index = 0; index < length; index += 1) {
      // Written whether it counts or not, and written over if not.
      values[place] = column[from + index] as number;
      place += groupOf[cells[at + index] as number] as number;
    }
    next[0] = place;
  }

  private gatherAll(values: Int32Array, next: Int32Array, { at, cells, column, from, length }: GatheredRows): void {
    const { groupOf, sparse } = this;
    for (let index = 0; index < length; index += 1) {
      const cell = cells[at + index] as number;
      const group = sparse === null ? (groupOf[cell] as number) : (sparse.get(cell) ?? NOWHERE);
      if (group === NOWHERE) continue;
      const value = column[from + index] as number;
      if (group > 0) {
        const place = next[group - 1] as number;
        values[place] = value;
        next[group - 1] = place + 1;
        continue;
      }
      for (const one of this.several.get(cell) ?? []) {
        const place = next[one] as number;
        values[place] = value;
        next[one] = place + 1;
      }
    }
  }
}

/** Rows of a table from `from` on, with their cells from `at` on. */
export interface GatheredRows {
  cells: Int32Array;
  at: number;
  column: Int32Array;
  from: number;
  length: number;
}
