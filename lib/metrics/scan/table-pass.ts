import { AppError } from "@/lib/core/errors";
import type { FactTable } from "@/lib/metrics/columns/table";
import { type Axes, buildAxes } from "./axes";
import { BLOCK, type Cell, CellCoder } from "./cell-coder";
import { CellCounts, DIRECT_LIMIT } from "./cell-counts";
import { CellPlaces } from "./cell-places";
import { CellSums } from "./cell-sums";
import { type MetricTally, summedColumns, type TablePlan } from "./metric-tally";
import { countCells, type ProfileRows } from "./profile-loops";
import type { RowFlags } from "./row-flags";
import type { ScanInput } from "./scan-input";
import { Sequences } from "./sequences";
import { SingleSums } from "./single-sums";
import { firstRowAt, type Stretch, stretchesOf } from "./stretches";

/** Cells are sums of 32-bit digits, and three of them may be marked as left out. */
const MAX_CELLS = 2 ** 28;
const NO_CELLS = new Int32Array(0);

/** Whether all rows of a stretch are as mature as each other. */
const isPlain = ({ maturity }: Stretch): boolean => !maturity.includes("mixed");

/** Called with a row that a metric counts. */
export type RowVisitor = (table: FactTable, row: number) => void;

/** One number for each row of a table. */
export type NumbersOf = (table: FactTable) => Int32Array;

/** What one metric needs of a table besides counts; null where it needs none of it. */
interface Extra {
  sums: CellSums | null;
  single: SingleSums | null;
  places: CellPlaces | null;
}

/** One pass over one organisation's table, bucket after bucket. */
export class TablePass {
  private readonly axes: Axes;
  private readonly coder: CellCoder;
  private readonly counts: CellCounts;
  private readonly plans: TablePlan[];
  private readonly extras: Extra[];
  private readonly numbers: Uint16Array | null;
  private readonly cutoffs: Float64Array[];
  private readonly cell: Cell = { flags: 0, profile: 0, team: 0, repo: 0 };
  /** Rows of the bucket that was counted last, and their cells. */
  private rows: { from: number; to: number; at: number; cells: Int32Array } = {
    from: 0,
    to: 0,
    at: 0,
    cells: NO_CELLS,
  };
  /** The same rows where their cells follow from their profiles, which are not put anywhere then. */
  private parts: ProfileRows[] | null = null;
  /** Whether profiles alone may decide. */
  private readonly alone: boolean;

  constructor(
    private readonly table: FactTable,
    private readonly input: ScanInput,
    private readonly metrics: readonly MetricTally[],
    private readonly flags: RowFlags,
  ) {
    const { selection } = input;
    const deferred = new Map(
      [...selection.narrowings].filter(([dimension]) =>
        metrics.some(({ definition }) => definition.shareOf.includes(dimension)),
      ),
    );
    const dimensions = new Set(metrics.flatMap(({ groupBy }) => groupBy));
    const sequences = new Sequences();
    this.axes = buildAxes(table, selection.repos, selection.narrowings, {
      dimensions,
      deferred,
      signatureOf: (profile, failed) => {
        let [all, some] = [0, false];
        for (const metric of metrics) {
          const signature = metric.signatureOf(profile, failed);
          some ||= signature !== 0;
          all = sequences.append(all, signature);
        }
        return some ? all : null;
      },
    });
    this.coder = new CellCoder(table, this.axes, flags.size);
    if (this.coder.size > MAX_CELLS) {
      throw new AppError({
        code: "unprocessable",
        message: "These dimensions have too many combinations to tell apart: use fewer of them, or a filter.",
        pointer: "/groupBy",
      });
    }
    this.counts = new CellCounts(this.coder.size, BLOCK);
    this.plans = metrics.map((metric) => metric.plan(table, this.axes, this.coder.size));
    this.extras = metrics.map((metric, index) => this.extraOf(metric, this.plans[index] as TablePlan));
    this.alone =
      this.coder.profilesAlone &&
      this.counts.small &&
      this.extras.every(
        ({ places, sums }, index) => sums === null && (places === null || metrics[index]?.groups.size === 1),
      );
    this.numbers = flags.numberFlags(table);
    this.cutoffs = flags.cutoffs(table, selection.repos);
  }

  private extraOf(metric: MetricTally, plan: TablePlan): Extra {
    const { size } = this.coder;
    const { measure } = metric.definition;
    const sums = summedColumns(metric.definition);
    const isSingle = size <= DIRECT_LIMIT && SingleSums.suits(metric);
    return {
      sums: sums !== null && !isSingle ? new CellSums(sums, this.table) : null,
      single: sums !== null && isSingle ? new SingleSums(metric, plan, sums, size) : null,
      places: measure.kind === "percentile" || measure.kind === "survival" ? new CellPlaces(metric, plan, size) : null,
    };
  }

  /** The rows of a bucket. */
  rowsIn(bucket: number): { from: number; to: number } {
    const { edges, period } = this.input;
    const start = Math.max(edges[bucket]?.getTime() ?? 0, period.from.getTime());
    const end = Math.min(edges[bucket + 1]?.getTime() ?? 0, period.to.getTime());
    const from = firstRowAt(this.table, start);
    return { from, to: this.coder.size === 0 ? from : firstRowAt(this.table, end) };
  }

  /** The bits that every row of a stretch has. */
  private matureBits({ maturity }: Stretch): number {
    return maturity.reduce((bits, state, window) => (state === "all" ? bits | this.flags.matureBit(window) : bits), 0);
  }

  /** Writes the cells of rows to `cells` from `at` on, and calls back with each block of them. */
  private code(
    stretches: readonly Stretch[],
    cells: Int32Array,
    at: number,
    done: (at: number, from: number, length: number) => void,
  ): void {
    let start = at;
    for (const stretch of stretches) {
      const mature = this.matureBits(stretch);
      for (let from = stretch.from; from < stretch.to; from += BLOCK) {
        const to = Math.min(from + BLOCK, stretch.to);
        this.coder.code(cells, start, this.numbers, mature, from, to);
        for (let window = 0; window < stretch.maturity.length; window += 1) {
          if (stretch.maturity[window] === "mixed") this.addMaturity(cells, start, window, from, to);
        }
        done(start, from, to - from);
        start += to - from;
      }
    }
  }

  private addMaturity(cells: Int32Array, at: number, window: number, from: number, to: number): void {
    const { table } = this;
    const cutoffs = this.cutoffs[window] as Float64Array;
    const bit = this.flags.matureBit(window);
    for (let row = from; row < to; row += 1) {
      const cell = cells[at + row - from] as number;
      const isMature = (table.mergedAt[row] as number) <= (cutoffs[table.repo[row] as number] as number);
      if (cell !== 0 && isMature) cells[at + row - from] = cell + bit;
    }
  }

  /** Counts the rows of a bucket for every metric; their cells may be put to `cells` from `at` on. */
  count(bucket: number, rows: { from: number; to: number }, cells: Int32Array, at: number): void {
    const { counts, extras } = this;
    const stretches = stretchesOf(this.table, rows, this.cutoffs);
    this.rows = { ...rows, cells, at };
    this.parts = this.alone && stretches.every(isPlain) ? stretches.map((stretch) => this.profileRows(stretch)) : null;
    if (this.parts === null) {
      this.code(stretches, cells, at, (start, from, length) => {
        counts.add(cells, start, length);
        for (const { sums } of extras) sums?.add(counts, from, length);
      });
    } else for (const part of this.parts) countCells(counts.counts, part);
    this.addUp(bucket);
    for (const { single } of extras) {
      if (this.parts === null) single?.add(this.table, bucket, this.rows);
      else single?.addAlone(this.table, bucket, this.parts);
    }
  }

  private profileRows(stretch: Stretch): ProfileRows {
    const codes = this.coder.codesAlone(this.matureBits(stretch));
    return { profile: this.table.profile, codes, numbers: this.numbers, from: stretch.from, to: stretch.to };
  }

  private addUp(bucket: number): void {
    const { cell, counts, extras, metrics, plans } = this;
    for (let position = 1; position < counts.used; position += 1) {
      const count = counts.counts[position] as number;
      if (count === 0) continue;
      const code = counts.cellAt(position);
      let isDecoded = false;
      for (let index = 0; index < metrics.length; index += 1) {
        const metric = metrics[index] as MetricTally;
        const plan = plans[index] as TablePlan;
        const { places, single, sums } = extras[index] as Extra;
        if (metric.addAgain(plan, code, bucket, count)) {
          sums?.addUp(metric, plan, code, bucket, position);
          continue;
        }
        if (!isDecoded) this.coder.decode(code, cell);
        isDecoded = true;
        metric.add(plan, code, cell, bucket, count);
        if (sums?.addUp(metric, plan, code, bucket, position) === false) {
          sums.addUpSeveral(metric, plan, cell, bucket, position);
        }
        single?.see(code, cell);
        places?.see(code, cell);
      }
    }
    for (const { sums } of extras) sums?.reset(counts.used);
    counts.reset();
  }

  /** Puts a number of each row of the bucket that was counted last to those of its group. */
  gather(index: number, values: Int32Array, next: Int32Array, numbersOf: NumbersOf): void {
    const places = this.extras[index]?.places;
    const { at, cells, from, to } = this.rows;
    const numbers = numbersOf(this.table);
    if (this.parts === null) places?.gather(values, next, { cells, at, column: numbers, from, length: to - from });
    else places?.gatherAlone(values, next, this.parts, numbers);
  }

  /** Passes every row of all buckets that counts for a metric, in its numerator or in what it is a share of. */
  visitRows(index: number, groups: "numerator" | "whole", visit: RowVisitor): void {
    const metric = this.metrics[index] as MetricTally;
    const plan = this.plans[index] as TablePlan;
    const cells = new Int32Array(BLOCK);
    const reads = new Map<number, boolean>();
    const readsCell = (code: number) => {
      const known = reads.get(code) ?? metric.reads(plan, this.coder.decode(code, this.cell), groups);
      reads.set(code, known);
      return known;
    };
    for (let bucket = 0; bucket < this.input.edges.length - 1; bucket += 1) {
      const rows = this.rowsIn(bucket);
      for (let from = rows.from; from < rows.to; from += BLOCK) {
        const block = stretchesOf(this.table, { from, to: Math.min(from + BLOCK, rows.to) }, this.cutoffs);
        this.code(block, cells, 0, (at, first, length) => {
          for (let offset = 0; offset < length; offset += 1) {
            const code = cells[at + offset] as number;
            if (code !== 0 && readsCell(code)) visit(this.table, first + offset);
          }
        });
      }
    }
  }
}
