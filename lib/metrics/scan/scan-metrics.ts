import type { Dimension } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import type { PullRequestTable } from "@/lib/metrics/columns/table";
import type { MetricDefinition } from "@/lib/metrics/definitions/definition";
import type { Directory } from "@/lib/metrics/directory";
import type { Period } from "@/lib/metrics/period";
import type { Selection } from "@/lib/metrics/selection";
import { type Axes, buildAxes, type Cell, CellCoder } from "./axes";
import { CellCounts } from "./cell-counts";
import { DimensionLabels } from "./group-space";
import { MetricTally, type TablePlan } from "./metric-tally";
import { RowFlags } from "./row-flags";
import { firstRowAt, type Stretch, stretchesOf } from "./stretches";

export interface ScanInput {
  definitions: readonly MetricDefinition[];
  groupBy: readonly Dimension[];
  directory: Directory;
  selection: Selection;
  /** Tables of the selected organisations. */
  tables: readonly PullRequestTable[];
  period: Period;
  /** Starts of the buckets, and the end of the last. */
  edges: readonly Date[];
}

/** Rows looked at together: their cells stay in the processor's cache from step to step. */
const BLOCK = 8192;
/** Cells are sums of 32-bit digits, and three of them may be marked as left out. */
const MAX_CELLS = 2 ** 28;

/** Called with a row that a metric counts: its place (see `GroupCounts`) and whether it is in the numerator's groups. */
type RowVisitor = (table: PullRequestTable, row: number, place: number) => void;

export interface Scan {
  metrics: MetricTally[];
  /** Passes every row that counts for a metric, in the groups of its numerator or of what it is a share of. */
  visitRows: (metric: MetricTally, groups: "numerator" | "whole", visit: RowVisitor) => void;
}

/**
 * Counts all metrics of a query in one pass over the columns: every row becomes a cell (its dimensions and answers as
 * one number), cells are counted, and each metric adds up the cells that it is about.
 * @throws {AppError} `unprocessable` when more groups could exist than can be told apart.
 */
export function scanMetrics(input: ScanInput): Scan {
  const { definitions, directory, edges, groupBy, selection, tables } = input;
  const flags = new RowFlags();
  const labels = new DimensionLabels(directory);
  const byKind = groupBy.includes("authorKind") || selection.narrowings.has("authorKind");
  const query = { groupBy, byKind, buckets: edges.length - 1 };
  const metrics = definitions.map((definition) => new MetricTally(definition, query, labels, flags));
  for (const metric of metrics) metric.addWindow();
  const passes = tables.map((table) => new TablePass(table, input, metrics, flags));
  for (const pass of passes) pass.count();
  return {
    metrics,
    visitRows: (metric, groups, visit) => {
      for (const pass of passes) pass.visitRows(metrics.indexOf(metric), groups, visit);
    },
  };
}

/** One pass over one organisation's table. */
class TablePass {
  private readonly axes: Axes;
  private readonly coder: CellCoder;
  private readonly plans: TablePlan[];
  private readonly numbers: Uint16Array | null;
  private readonly cutoffs: Float64Array[];
  private readonly cells = new Int32Array(BLOCK);

  constructor(
    private readonly table: PullRequestTable,
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
    this.axes = buildAxes(table, selection.repos, selection.narrowings, {
      dimensions,
      deferred,
      signatureOf: (profile, failed) => {
        const signatures = metrics.map((metric) => metric.signatureOf(profile, failed));
        return signatures.every((signature) => signature === null) ? null : signatures.join("/");
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
    this.plans = metrics.map((metric) => metric.plan(table, this.axes));
    this.numbers = flags.numberFlags(table);
    this.cutoffs = flags.cutoffs(table, selection.repos);
  }

  /** The rows of a bucket, cut where the answers about maturity change. */
  private stretches(bucket: number): Stretch[] {
    const { edges, period } = this.input;
    const start = Math.max(edges[bucket]?.getTime() ?? 0, period.from.getTime());
    const end = Math.min(edges[bucket + 1]?.getTime() ?? 0, period.to.getTime());
    const rows = { from: firstRowAt(this.table, start), to: firstRowAt(this.table, end) };
    return stretchesOf(this.table, rows, this.cutoffs);
  }

  /** The bits that every row of a stretch has. */
  private matureBits({ maturity }: Stretch): number {
    return maturity.reduce((bits, state, window) => (state === "all" ? bits | this.flags.matureBit(window) : bits), 0);
  }

  /** Calls back with each block of rows of a stretch, their cells in `cells`. */
  private blocks(stretch: Stretch, visit: (from: number, length: number) => void): void {
    const mature = this.matureBits(stretch);
    for (let from = stretch.from; from < stretch.to; from += BLOCK) {
      const to = Math.min(from + BLOCK, stretch.to);
      this.coder.code(this.cells, from, to);
      addFlags(this.cells, this.numbers, mature, from, to);
      stretch.maturity.forEach((state, window) => {
        if (state === "mixed") this.addMaturity(window, from, to);
      });
      visit(from, to - from);
    }
  }

  private addMaturity(window: number, from: number, to: number): void {
    const { cells, table } = this;
    const cutoffs = this.cutoffs[window] as Float64Array;
    const bit = this.flags.matureBit(window);
    for (let row = from; row < to; row += 1) {
      if ((table.mergedAt[row] as number) <= (cutoffs[table.repo[row] as number] as number)) {
        cells[row - from] = (cells[row - from] as number) + bit;
      }
    }
  }

  count(): void {
    if (this.coder.size === 0) return;
    const counts = new CellCounts(this.coder.size, BLOCK);
    const sums = this.metrics.map((metric) => CellSums.of(metric, this.table));
    const countsOnly = counts.small && this.coder.profilesAlone && sums.every((sum) => sum === null);
    for (let bucket = 0; bucket < this.input.edges.length - 1; bucket += 1) {
      for (const stretch of this.stretches(bucket)) {
        if (countsOnly && !stretch.maturity.includes("mixed")) {
          const { from, to } = stretch;
          this.coder.countProfiles(counts.counts, this.numbers, this.matureBits(stretch), from, to);
          continue;
        }
        this.blocks(stretch, (from, length) => {
          counts.add(this.cells, length);
          for (const sum of sums) sum?.add(counts, from, length);
        });
      }
      this.addUp(counts, sums, bucket);
      counts.reset();
    }
  }

  private addUp(counts: CellCounts, sums: readonly (CellSums | null)[], bucket: number): void {
    const cell: Cell = { flags: 0, profile: 0, team: 0, repo: 0 };
    for (let position = 0; position < counts.used; position += 1) {
      const count = counts.counts[position] as number;
      if (count === 0) continue;
      this.coder.decode(counts.touched[position] as number, cell);
      for (let index = 0; index < this.metrics.length; index += 1) {
        const metric = this.metrics[index] as MetricTally;
        const plan = this.plans[index] as TablePlan;
        metric.add(plan, cell, bucket, count);
        sums[index]?.addUp(metric, plan, cell, bucket, position);
      }
    }
    for (const sum of sums) sum?.reset(counts.used);
  }

  visitRows(index: number, groups: "numerator" | "whole", visit: RowVisitor): void {
    const metric = this.metrics[index] as MetricTally;
    const plan = this.plans[index] as TablePlan;
    const digits = groups === "numerator" ? plan.groups : plan.wholes;
    const counts = groups === "numerator" ? metric.numerators : metric.denominators;
    const cells = new CellCounts(this.coder.size, BLOCK);
    const places = new CellPlaces((code, cell) => {
      this.coder.decode(code, cell);
      return metric.reads(plan, cell, groups) ? digits.groups(cell).map((group) => counts.open(group)) : [];
    });
    for (let bucket = 0; bucket < this.input.edges.length - 1; bucket += 1) {
      for (const stretch of this.stretches(bucket)) {
        this.blocks(stretch, (from, length) => {
          cells.add(this.cells, length);
          const { positions } = cells;
          for (let offset = 0; offset < length; offset += 1) {
            const position = positions[offset] as number;
            if (position < 0) continue;
            const only = places.only(position, cells);
            if (only >= 0) visit(this.table, from + offset, only + bucket);
            else if (only === SEVERAL) {
              for (const place of places.all(position)) visit(this.table, from + offset, place + bucket);
            }
          }
        });
      }
      cells.reset();
      if (!cells.small) places.forget();
    }
  }
}

const NOT_ASKED = 0;
const NO_PLACE = -1;
const SEVERAL = -2;

/** The places of cells in the first bucket, by the cells' positions, each worked out when it is first asked for. */
class CellPlaces {
  /** The only place plus one, `NO_PLACE`, `SEVERAL` or `NOT_ASKED`. */
  private known = new Int32Array(1024);
  private readonly several = new Map<number, number[]>();
  private readonly cell: Cell = { flags: 0, profile: 0, team: 0, repo: 0 };

  constructor(private readonly placesOf: (code: number, cell: Cell) => number[]) {}

  only(position: number, cells: CellCounts): number {
    const known = position < this.known.length ? (this.known[position] as number) : NOT_ASKED;
    return known > 0 ? known - 1 : known === NOT_ASKED ? this.ask(position, cells) : known;
  }

  all(position: number): readonly number[] {
    return this.several.get(position) ?? [];
  }

  forget(): void {
    this.known.fill(NOT_ASKED);
    this.several.clear();
  }

  private ask(position: number, cells: CellCounts): number {
    while (position >= this.known.length) {
      const larger = new Int32Array(this.known.length * 2);
      larger.set(this.known);
      this.known = larger;
    }
    const places = this.placesOf(cells.touched[position] as number, this.cell);
    const [only] = places;
    if (places.length > 1) this.several.set(position, places);
    this.known[position] = only === undefined ? NO_PLACE : places.length > 1 ? SEVERAL : only + 1;
    return only === undefined ? NO_PLACE : places.length > 1 ? SEVERAL : only;
  }
}

/** Σx, Σy, Σx², Σxy, Σy². */
const SUMS = 5;

/** The sums of a ratio's numbers per cell, beside the counts of the cells. */
class CellSums {
  private values = new Float64Array(0);

  private constructor(
    private readonly xs: Int32Array,
    private readonly ys: Int32Array,
  ) {}

  static of({ definition: { measure } }: MetricTally, table: PullRequestTable): CellSums | null {
    return measure.kind === "ratio" ? new CellSums(table[measure.numerator], table[measure.denominator]) : null;
  }

  /** Unknown numbers are added like others: their cell says that they are unknown, and nobody asks for its sums. */
  add(counts: CellCounts, from: number, length: number): void {
    if (this.values.length < counts.touched.length * SUMS) {
      const larger = new Float64Array(counts.touched.length * SUMS);
      larger.set(this.values);
      this.values = larger;
    }
    const { values, xs, ys } = this;
    const { positions } = counts;
    for (let index = 0; index < length; index += 1) {
      const position = positions[index] as number;
      if (position < 0) continue;
      const at = position * SUMS;
      const x = xs[from + index] as number;
      const y = ys[from + index] as number;
      values[at] = (values[at] as number) + x;
      values[at + 1] = (values[at + 1] as number) + y;
      values[at + 2] = (values[at + 2] as number) + x * x;
      values[at + 3] = (values[at + 3] as number) + x * y;
      values[at + 4] = (values[at + 4] as number) + y * y;
    }
  }

  /** Adds the sums of a cell to the metric's groups. */
  addUp(metric: MetricTally, plan: TablePlan, cell: Cell, bucket: number, position: number): void {
    if (!metric.reads(plan, cell, "whole")) return;
    const at = position * SUMS;
    const { denominators, numerators } = metric;
    const whole = plan.wholes.onlyGroup(cell);
    if (whole >= 0) denominators.addDenominatorSums(denominators.open(whole) + bucket, this.values, at);
    else {
      for (const group of plan.wholes.groups(cell)) {
        denominators.addDenominatorSums(denominators.open(group) + bucket, this.values, at);
      }
    }
    if (!metric.reads(plan, cell, "numerator")) return;
    const own = plan.groups.onlyGroup(cell);
    if (own >= 0) numerators.addNumeratorSums(numerators.open(own) + bucket, this.values, at);
    else {
      for (const group of plan.groups.groups(cell)) {
        numerators.addNumeratorSums(numerators.open(group) + bucket, this.values, at);
      }
    }
  }

  /** Forgets the sums of the first `used` cells. */
  reset(used: number): void {
    this.values.fill(0, 0, used * SUMS);
  }
}

function addFlags(cells: Int32Array, numbers: Uint16Array | null, mature: number, from: number, to: number): void {
  if (numbers === null) {
    if (mature === 0) return;
    for (let index = 0; index < to - from; index += 1) cells[index] = (cells[index] as number) + mature;
    return;
  }
  for (let row = from; row < to; row += 1) {
    cells[row - from] = (cells[row - from] as number) + (numbers[row] as number) + mature;
  }
}
