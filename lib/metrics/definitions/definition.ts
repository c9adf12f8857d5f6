import type { Dimension } from "@/lib/core/dimensions";
import type { NumberColumn, RatioColumn, Subject } from "@/lib/metrics/columns/table";
import type { MetricDescriptor } from "@/lib/metrics/types";
import type { Condition } from "./condition";
import type { Unknown } from "./unknown";

/** What people or tools report as figures, and no pull request says. */
export type ReportedKind = "trust" | "hours_saved" | "suggestions";

/** Figures of money. */
export type MoneyFigure =
  | "cost_per_pr"
  | "cost_per_safe_pr"
  | "breakeven_volume"
  | "roi_pct"
  | "npv"
  | "irr"
  | "payback_month";

/**
 * How a value comes out of rows. Conditions and columns are applied to the mature, eligible rows of the
 * metric's population only.
 */
export type Measure =
  /** How many rows satisfy `counted`. */
  | { kind: "count"; counted: Condition }
  /** How many there are, of what happens by chance, with the interval of such a number. */
  | { kind: "events" }
  /**
   * How many rows satisfy `counted`, or what `sum` of them comes to, per calendar week, day or working day, or per week of
   * work of the people on the roster. Rows whose `sum` is not known count as none of it, or under `unknown`.
   */
  | {
      kind: "rate";
      per: "week" | "day" | "working_day" | "engineer_week";
      counted: Condition;
      sum?: NumberColumn;
      unknown?: Unknown;
    }
  /** Of the people for whom something was merged in 28 days those with whom agents had a hand in it. */
  | { kind: "people"; unknown: Unknown }
  /**
   * What people or tools report: the share that counts of all that were judged, or the mean of an amount. Fewer than
   * `fewest` are not shown.
   */
  | { kind: "reported"; of: ReportedKind; as: "share" | "mean"; fewest: number; unknown?: Unknown }
  /** How many developers would merge as many rows as satisfy `safe`, less those whom the seconds of `review` take. */
  | { kind: "equivalent"; safe: Condition; review: NumberColumn; unknown: Unknown }
  /** What came of a rollout: the difference of differences of a metric. */
  | { kind: "effect"; of: string }
  /** What agents cost, or what the model says of whether they pay. */
  | { kind: "money"; of: MoneyFigure }
  /** How long what is open when the data end has been: the median. */
  | { kind: "open_age" }
  /** Rows that satisfy `numerator` / rows; where `known` is given, rows of which it is not known are counted beside. */
  | { kind: "proportion"; numerator: Condition; known?: Known }
  /** Σ numerator / Σ denominator over rows where both are known; the others are counted under `unknown`. */
  | { kind: "ratio"; numerator: NumberColumn; denominator: RatioColumn; unknown: Unknown }
  /** Σ numerator / Σ denominator, both numbers of things of which each counts or does not; the others under `unknown`. */
  | { kind: "sum_share"; numerator: NumberColumn; denominator: NumberColumn; unknown: Unknown }
  /** Σ numerator / Σ denominator of agents against that of people, each as if both did the same mix of tasks. */
  | { kind: "factor"; numerator: NumberColumn; denominator: NumberColumn; unknown: Unknown }
  /** Σ column in hours, of seconds, over rows where it is known; the others are counted under `unknown`. */
  | { kind: "hours"; column: NumberColumn; unknown: Unknown }
  /** Σ numerator per 1,000 of Σ denominator, of events that are counted; rows that `among` leaves out are not known. */
  | { kind: "density"; numerator: NumberColumn; denominator: NumberColumn; among: Condition; unknown: Unknown }
  /**
   * The exact percentile `at` (0..1) of a column over rows where it is known; the others are counted under `unknown`. Over a
   * whole period also how many of the values lie in each of `shares`.
   */
  | {
      kind: "percentile";
      column: NumberColumn;
      at: number;
      unknown: Unknown;
      shares?: readonly ValueRange[];
      written?: WrittenAs;
    }
  /**
   * The median of a time that may not be over yet, by Kaplan and Meier: `lead` seconds and then `column` seconds, which
   * are not known where it has not happened until the data end. Rows without `watched` are counted under `unknown`.
   */
  | { kind: "survival"; lead: NumberColumn | null; column: NumberColumn; watched: NumberColumn; unknown: Unknown };

/** Whole numbers from one to another, both included; null: and all above. */
export interface ValueRange {
  label: string;
  from: number;
  to: number | null;
}

/** How a stored number is read: less something, and divided by something. */
export interface WrittenAs {
  less: number;
  by: number;
}

/** What must be known of a row, a number of it or something else, and under what the others are counted. */
export type Known = { unknown: Unknown } & ({ column: NumberColumn } | { is: Condition });

const MERGED: readonly Subject[] = ["merged"];

/** What a metric counts. */
export const subjectsOf = ({ subjects = MERGED }: MetricDefinition): readonly Subject[] => subjects;

/**
 * By what a metric is counted: rows of pull requests, of them agents against people, rows of deployments and incidents, deployed commits, people,
 * reports, what is open, money, or teams that began with agents.
 */
export type Counting =
  | "pull_requests"
  | "factor"
  | "operations"
  | "commits"
  | "people"
  | "reports"
  | "open"
  | "money"
  | "rollout";

const COUNTED_APART: Readonly<Partial<Record<Measure["kind"], Counting>>> = {
  factor: "factor",
  people: "people",
  reported: "reports",
  open_age: "open",
  money: "money",
  effect: "rollout",
};

/** By what a metric is counted; what is counted by the same is counted together. */
export function countingOf(definition: MetricDefinition): Counting {
  const subjects = subjectsOf(definition);
  const apart = COUNTED_APART[definition.measure.kind];
  if (apart !== undefined) return apart;
  if (subjects.includes("commit")) return "commits";
  return subjects.some((subject) => subject === "merged" || subject === "closed") ? "pull_requests" : "operations";
}

/** Whether a metric holds agents against people. */
export const isFactor = (definition: MetricDefinition): boolean => countingOf(definition) === "factor";

/** Whether a metric counts pull requests, so that there is a list of them behind it. */
export const countsPullRequests = (definition: MetricDefinition): boolean =>
  isFactor(definition) || countingOf(definition) === "pull_requests";

/** One metric: what it says of itself and how its parts are computed. The whole of a metric is one such file. */
export interface MetricDefinition {
  descriptor: MetricDescriptor;
  /**
   * `agent`: agent and assisted pull requests, unless the query groups or filters by author kind, which then chooses.
   * `all`: every eligible pull request.
   */
  population: "agent" | "all";
  /** What it counts: pull requests that were merged, unless it says otherwise. */
  subjects?: readonly Subject[];
  /** A condition on the words of rows: the others are nothing that the metric is about. */
  among?: Condition;

  /** Dimensions whose filter and group narrow the numerator alone, so that a row is a share of the whole. */
  shareOf: readonly Dimension[];
  /** A dimension that every row of this metric carries, asked for or not. */
  alwaysBy: Dimension | null;
  /** Agent work under human accounts is invisible, so the true value is at least this. */
  lowerBound: boolean;
  measure: Measure;
}
