import { AUTHOR_KIND_CODE, type Dimension, EXCLUSION_CODE } from "@/lib/core/dimensions";
import {
  type FactTable,
  type NumberColumn,
  type Profile,
  type RatioColumn,
  SUBJECT_CODE,
} from "@/lib/metrics/columns/table";
import type { Condition } from "@/lib/metrics/definitions/condition";
import { type Known, type MetricDefinition, subjectsOf } from "@/lib/metrics/definitions/definition";
import type { Unknown } from "@/lib/metrics/definitions/unknown";
import type { Axes } from "./axes";
import type { Cell } from "./cell-coder";
import { GroupCounts, type PlaceNumbers } from "./group-counts";
import { GroupDigits } from "./group-digits";
import { type DimensionLabels, GroupSpace } from "./group-space";
import type { RowFlags } from "./row-flags";

const areKnown = (...columns: readonly (RatioColumn | null)[]): Condition[] =>
  columns.flatMap((column) => (column === null || column === "anHour" ? [] : { is: "known", column }));

function knownOf(known: Known | undefined): Condition[] {
  if (known === undefined) return [];
  return "is" in known ? [known.is] : areKnown(known.column);
}

/** What must be known of a row, and what it must be besides to count in the numerator. */
export function conditionsOf({ measure }: MetricDefinition): { known: Condition[]; counted: Condition[] } {
  switch (measure.kind) {
    case "count":
      return { known: [], counted: [measure.counted] };
    case "rate": {
      const summed = areKnown(measure.sum ?? null);
      return { known: measure.unknown === undefined ? [] : summed, counted: [measure.counted, ...summed] };
    }
    case "events":
    case "people":
    case "reported":
    case "open_age":
    case "money":
    case "effect":
      return { known: [], counted: [] };
    case "proportion":
      return { known: knownOf(measure.known), counted: [measure.numerator] };
    case "ratio":
    case "sum_share":
    case "factor":
      return { known: areKnown(measure.numerator, measure.denominator), counted: [] };
    case "equivalent":
      return { known: areKnown(measure.review), counted: [measure.safe] };
    case "hours":
      return { known: areKnown(measure.column), counted: [] };
    case "density":
      return { known: [...areKnown(measure.numerator, measure.denominator), measure.among], counted: [] };
    case "percentile":
      return { known: areKnown(measure.column), counted: [] };
    case "survival":
      return { known: areKnown(measure.watched, measure.lead), counted: [] };
  }
}

/** Under what a metric counts the rows of which too little is known; null of one that asks for nothing. */
export function unknownOf({ measure }: MetricDefinition): Unknown | null {
  if (measure.kind === "proportion") return measure.known?.unknown ?? null;
  return "unknown" in measure ? (measure.unknown ?? null) : null;
}

/** The two columns whose sums a metric needs; null of one that needs none. */
export function summedColumns({
  measure,
}: MetricDefinition): { numerator: NumberColumn; denominator: RatioColumn } | null {
  if (measure.kind === "rate" && measure.sum !== undefined) return { numerator: measure.sum, denominator: "anHour" };
  const { kind } = measure;
  if (kind === "ratio" || kind === "sum_share" || kind === "factor" || kind === "density") return measure;
  if (measure.kind === "equivalent") return { numerator: measure.review, denominator: "anHour" };
  return measure.kind === "hours" ? { numerator: measure.column, denominator: "anHour" } : null;
}

function numbersOf(definition: MetricDefinition): PlaceNumbers {
  if (summedColumns(definition) !== null) return "sums";
  const { kind } = definition.measure;
  return kind === "percentile" || kind === "survival" ? "percentiles" : null;
}

/** What a profile is to a metric. */
const ROLE = {
  /** Not looked at. */
  none: 0,
  /** Only part of what a share is a share of. */
  whole: 1,
  counted: 2,
} as const;

const IN_NUMERATOR = 1;
const KNOWN = 2;
const MATURE = 4;
const COUNTED = IN_NUMERATOR | KNOWN | MATURE;
const NOT_ASKED = 255;

/** Exclusion in the lower bits, answer in the higher ones. */
const ANSWER_SHIFT = 4;
const EXCLUSIONS = 2 ** ANSWER_SHIFT - 1;
const IN_VALUE = EXCLUSION_CODE.none | (COUNTED << ANSWER_SHIFT);
const UNKNOWN_CELL = -2;
const NOWHERE = -1;
/** Up to this many possible cells what they mean is remembered from bucket to bucket. */
const REMEMBERED_CELLS = 2 ** 17;

/** Where the rows of cells count that are in one group: places in the first bucket. */
class CellShares {
  readonly below: Int32Array;
  readonly above: Int32Array;
  /** Exclusion and answer. */
  readonly kind: Uint8Array;

  constructor(size: number) {
    this.below = new Int32Array(size + 1).fill(UNKNOWN_CELL);
    this.above = new Int32Array(size + 1);
    this.kind = new Uint8Array(size + 1);
  }
}

/** What the digits of a table's cells mean for one metric. */
export interface TablePlan {
  /** What cells mean that were seen before; null where too many could exist to remember. */
  shares: CellShares | null;
  /** By profile code. */
  role: Uint8Array;
  profiles: Profile[];
  /** What holds for the rows of a cell, by profile code and flags; worked out when a cell is first seen. */
  answers: Uint8Array;
  groups: GroupDigits;
  wholes: GroupDigits;
}

/** One metric of a query: its rows' groups, and what was counted for them so far. */
export class MetricTally {
  readonly groupBy: Dimension[];
  readonly groups: GroupSpace;
  /** Groups of what its rows are a share of. */
  readonly wholes: GroupSpace;
  readonly numerators: GroupCounts;
  readonly denominators: GroupCounts;
  private readonly known: Condition[];
  private readonly counted: Condition[];
  private readonly agentsOnly: boolean;
  /** Codes of what is counted. */
  private readonly subjects: readonly number[];

  constructor(
    readonly definition: MetricDefinition,
    query: { groupBy: readonly Dimension[]; byKind: boolean; buckets: number },
    labels: DimensionLabels,
    private readonly flags: RowFlags,
  ) {
    const { alwaysBy, population, shareOf } = definition;
    const { buckets, byKind, groupBy } = query;
    this.groupBy = alwaysBy === null || groupBy.includes(alwaysBy) ? [...groupBy] : [...groupBy, alwaysBy];
    this.groups = new GroupSpace(this.groupBy, labels);
    this.wholes = new GroupSpace(
      this.groupBy.filter((dimension) => !shareOf.includes(dimension)),
      labels,
    );
    const numbers = numbersOf(definition);
    this.numerators = new GroupCounts(this.groups.size, buckets, numbers);
    this.denominators = new GroupCounts(this.wholes.size, buckets, numbers);
    this.subjects = subjectsOf(definition).map((subject) => SUBJECT_CODE[subject]);
    this.agentsOnly = population === "agent" && !byKind;
    const { counted, known } = conditionsOf(definition);
    this.known = known;
    this.counted = counted;
    for (const condition of [...known, ...counted]) flags.addCondition(condition);
  }

  /** Adds the metric's window to the flags: after the conditions of all metrics. */
  addWindow(): void {
    const { windowSeconds } = this.definition.descriptor;
    if (windowSeconds !== null) this.flags.addWindow(windowSeconds);
  }

  private roleOf(profile: Profile, failed: readonly Dimension[]): number {
    const { authorKind, subject } = profile;
    const { among } = this.definition;
    if (!this.subjects.includes(subject)) return ROLE.none;
    if (among !== undefined && !this.flags.holds(among, 0, profile)) return ROLE.none;
    const byAgent = authorKind === AUTHOR_KIND_CODE.agent || authorKind === AUTHOR_KIND_CODE.assisted;
    if (this.agentsOnly && !byAgent) return ROLE.none;
    if (failed.length === 0) return ROLE.counted;
    return failed.every((dimension) => this.definition.shareOf.includes(dimension)) ? ROLE.whole : ROLE.none;
  }

  /** A small number that differs for profiles that the metric has to tell apart; 0 for one that it does not look at. */
  signatureOf(profile: Profile, failed: readonly Dimension[]): number {
    let signature = this.roleOf(profile, failed);
    if (signature === ROLE.none) return 0;
    for (const condition of [...this.known, ...this.counted]) {
      signature = this.flags.appendWords(signature, condition, profile);
    }
    return signature;
  }

  /**
   * Works out what the digits of a table's cells mean for this metric.
   * @param size cells that could exist
   */
  plan(table: FactTable, axes: Axes, size: number): TablePlan {
    const profiles = axes.profile.entries;
    return {
      shares: size <= REMEMBERED_CELLS ? new CellShares(size) : null,
      role: Uint8Array.from(profiles, ({ failed, profile }) => this.roleOf(profile, failed)),
      profiles: profiles.map(({ profile }) => profile),
      answers: new Uint8Array(profiles.length * 2 ** this.flags.size).fill(NOT_ASKED),
      groups: new GroupDigits(this.groups, table, axes),
      wholes: new GroupDigits(this.wholes, table, axes),
    };
  }

  private answer(plan: TablePlan, { flags, profile }: Cell): number {
    const at = profile * 2 ** this.flags.size + flags;
    const given = plan.answers[at] as number;
    if (given !== NOT_ASKED) return given;
    const { windowSeconds } = this.definition.descriptor;
    const holdsFor = (condition: Condition) => this.flags.holds(condition, flags, plan.profiles[profile] as Profile);
    const known = this.known.every(holdsFor);
    const holds = known && this.counted.every(holdsFor);
    const mature = windowSeconds === null || (flags & this.flags.matureBit(this.flags.addWindow(windowSeconds))) !== 0;
    const answer = (holds ? IN_NUMERATOR : 0) | (known ? KNOWN : 0) | (mature ? MATURE : 0);
    plan.answers[at] = answer;
    return answer;
  }

  /** Counts a cell of a bucket that was counted before; false when it was not, or counts in several groups. */
  addAgain({ shares }: TablePlan, code: number, bucket: number, count: number): boolean {
    const below = shares === null ? UNKNOWN_CELL : (shares.below[code] as number);
    if (below === UNKNOWN_CELL || shares === null) return false;
    if (below === NOWHERE) return true;
    const kind = shares.kind[code] as number;
    this.addBelow(below + bucket, kind & EXCLUSIONS, kind >>> ANSWER_SHIFT, count);
    const above = shares.above[code] as number;
    if (above !== NOWHERE && kind === IN_VALUE) this.addAbove(above + bucket, count);
    return true;
  }

  /** Adds the sums of a cell's numbers, after the cell was counted; false as above. */
  addSumsAgain({ shares }: TablePlan, code: number, bucket: number, values: Float64Array, at: number): boolean {
    const below = shares === null ? UNKNOWN_CELL : (shares.below[code] as number);
    if (below === UNKNOWN_CELL || shares === null) return false;
    if (below === NOWHERE || shares.kind[code] !== IN_VALUE) return true;
    this.denominators.addDenominatorSums(below + bucket, values, at);
    const above = shares.above[code] as number;
    if (above !== NOWHERE) this.numerators.addNumeratorSums(above + bucket, values, at);
    return true;
  }

  /** Counts a cell of a bucket. */
  add(plan: TablePlan, code: number, cell: Cell, bucket: number, count: number): void {
    const role = plan.role[cell.profile] as number;
    const { shares } = plan;
    if (role === ROLE.none) {
      if (shares !== null) shares.below[code] = NOWHERE;
      return;
    }
    const { exclusion } = plan.profiles[cell.profile] as Profile;
    const answer = this.answer(plan, cell);
    const whole = plan.wholes.onlyGroup(cell);
    if (whole >= 0) this.addBelow(this.denominators.open(whole) + bucket, exclusion, answer, count);
    else {
      for (const group of plan.wholes.groups(cell)) {
        this.addBelow(this.denominators.open(group) + bucket, exclusion, answer, count);
      }
    }
    const counted = exclusion === EXCLUSION_CODE.none && answer === COUNTED ? count : 0;
    const group = role === ROLE.whole ? NOWHERE : plan.groups.onlyGroup(cell);
    if (group >= 0) this.addAbove(this.numerators.open(group) + bucket, counted);
    else if (role !== ROLE.whole) {
      for (const one of plan.groups.groups(cell)) this.addAbove(this.numerators.open(one) + bucket, counted);
    }
    const isPlain = whole >= 0 && (group >= 0 || role === ROLE.whole);
    if (shares === null || !isPlain) return;
    shares.kind[code] = exclusion | (answer << ANSWER_SHIFT);
    shares.above[code] = group >= 0 ? this.numerators.open(group) : NOWHERE;
    shares.below[code] = this.denominators.open(whole);
  }

  private addBelow(place: number, exclusion: number, answer: number, count: number): void {
    const { denominators } = this;
    if (exclusion !== EXCLUSION_CODE.none) denominators.exclude(place, exclusion, count);
    else if ((answer & MATURE) === 0) denominators.immature[place] = (denominators.immature[place] as number) + count;
    else if ((answer & KNOWN) === 0) denominators.unknown[place] = (denominators.unknown[place] as number) + count;
    else denominators.n[place] = (denominators.n[place] as number) + count;
  }

  private addAbove(place: number, counted: number): void {
    const { k } = this.numerators;
    k[place] = (k[place] as number) + counted;
  }

  /** Adds the sums of a ratio's numbers over a cell of a bucket: Σx, Σy, Σx², Σxy, Σy² in `values` from `at` on. */
  addSums(plan: TablePlan, cell: Cell, bucket: number, values: Float64Array, at: number): void {
    const { denominators, numerators } = this;
    if (!this.reads(plan, cell, "whole")) return;
    const whole = plan.wholes.onlyGroup(cell);
    if (whole >= 0) denominators.addDenominatorSums(denominators.open(whole) + bucket, values, at);
    else {
      for (const group of plan.wholes.groups(cell)) {
        denominators.addDenominatorSums(denominators.open(group) + bucket, values, at);
      }
    }
    if (!this.reads(plan, cell, "numerator")) return;
    const own = plan.groups.onlyGroup(cell);
    if (own >= 0) numerators.addNumeratorSums(numerators.open(own) + bucket, values, at);
    else {
      for (const group of plan.groups.groups(cell)) {
        numerators.addNumeratorSums(numerators.open(group) + bucket, values, at);
      }
    }
  }

  /** Whether rows of a cell are read for their numbers, in the groups of the numerator or of the whole. */
  reads(plan: TablePlan, cell: Cell, groups: "numerator" | "whole"): boolean {
    const role = plan.role[cell.profile] as number;
    return (
      role !== ROLE.none &&
      (groups === "whole" || role === ROLE.counted) &&
      plan.profiles[cell.profile]?.exclusion === EXCLUSION_CODE.none &&
      this.answer(plan, cell) === COUNTED
    );
  }
}
