import type { AdverseLayer } from "@/lib/core/adverse-layers";
import type { AuthorKind, Category, Dimension, Severity, SizeBucket } from "@/lib/core/dimensions";
import type { FailureCause, NOT_TRIAGED } from "@/lib/core/failure-causes";

/** The result shapes of `POST /api/v1/metrics/query`; pages, exports and the API read the same rows. */

export type Grain = "hour" | "day" | "week" | "month";
export type Unit =
  | "count"
  | "incidents"
  | "per_week"
  | "per_day"
  | "per_working_day"
  | "per_engineer_week"
  | "proportion"
  | "times"
  | "seconds"
  | "hours"
  | "lines"
  | "per_kloc"
  | "rounds"
  | "points"
  | "developers"
  /** Major units of the row's currency. */
  | "money"
  | "months"
  /** A share of what was put in, 1 is 100 %; may be any. */
  | "return";
export type Direction = "higher" | "lower" | "context";

/**
 * What a row says of its own reliability (metrics.md G8–G10).
 * `few`: n < 10, say "k of n". `small_sample`: n 10–29. `provisional`: some of the cohort is too young.
 * `incomplete_bucket`: the period is not over. `lower_bound`: the true value is at least this.
 */
export type Flag = "few" | "small_sample" | "provisional" | "incomplete_bucket" | "lower_bound" | "partial_coverage";

export interface MetricRow {
  /** Start of the bucket, ISO instant; null when the query has no grain. */
  bucket: string | null;
  group: Partial<Record<Dimension, string>>;
  /** null with a reason in `reason`, never 0 for missing. */
  value: number | null;
  lo: number | null;
  hi: number | null;
  /** wilson | garwood | bootstrap | linearised | order-statistic | kaplan-meier | none. */
  method: string;
  k: number | null;
  n: number | null;
  exposure: number | null;
  immature: number;
  excluded: Record<string, number>;
  flags: Flag[];
  /** Present when `value` is null: why, in words. */
  reason?: string;
  /** Of a rate of rollbacks: what it would be if none, and if all, of those that are not clear counted. */
  bounds?: { none: number; all: number };
  /** Of a factor: as it is without standardising, what each side comes to as it is, and kinds of work. */
  factor?: { crude: number; agents: number; people: number; used: number; dropped: number };
  /** Present when what is counted is not told of for all repositories: for how many, of how many. */
  told?: { repositories: number; of: number };
  /** Of developers who would merge as much: what one merges a week, whether that was measured, and the hours of review. */
  equivalent?: { baseline: number; isMeasured: boolean; gross: number; reviewHours: number };
  /** Of a rollout: when the teams began, how many on each side, by which share it changed, and by how likely a chance. */
  effect?: {
    wave: string;
    treated: number;
    control: number;
    relative: number | null;
    p: number;
    smallestP: number;
    mayBeSignificant: boolean;
  };
  /** Of money: ISO 4217. */
  currency?: string;
  /** Of a survey: how many were asked, where that was said of each. */
  asked?: number;
  /** Of a number that takes few values, over a whole period without groups: the share of each range, by Wilson. */
  shares?: ValueShare[];
  /** The 75th and 90th percentile beside a median, over a whole period with at least 20 of them. */
  spread?: { p75: number; p90: number };
  /** Only when the query compares and has no grain: this row minus the comparison row of the same group. */
  change?: MetricChange;
}

/** How many of some values lie in a range. */
export interface ValueShare {
  label: string;
  k: number;
  value: number;
  lo: number;
  hi: number;
}

/** Values of the dimensions that a row is about. */
export type Group = MetricRow["group"];

/** A difference of two periods or arms: Newcombe's hybrid score (method 10) for proportions, none for counts. */
export interface MetricChange {
  /** Same unit as the metric; proportions as 0..1. null when either side has no value. */
  value: number | null;
  lo: number | null;
  hi: number | null;
  method: string;
}

/** The body of `POST /api/v1/metrics/query`; also the key under which a browser caches its answer. */
export interface MetricsRequest {
  metrics: string[];
  /** ISO instants, `[from, to)`. */
  from: string;
  to: string;
  /** IANA zone of the buckets; the organisation's when absent. */
  timeZone?: string;
  grain: Grain | null;
  groupBy: Dimension[];
  filters: MetricFilters;
  compare?: "previous" | { from: string; to: string };
}

/** Values that a row must have one of, by dimension; an absent dimension does not filter. */
export interface MetricFilters {
  org?: string[];
  /** `org/name`. */
  repo?: string[];
  /** Slugs; `unassigned` for none. */
  team?: string[];
  agent?: string[];
  authorKind?: AuthorKind[];
  category?: Category[];
  severity?: Severity[];
  sizeBucket?: SizeBucket[];
  cause?: (FailureCause | typeof NOT_TRIAGED)[];
}

export interface MetricResult {
  metric: string;
  rows: MetricRow[];
  /** The same query over the comparison period, when asked for. */
  compare?: MetricRow[];
}

export interface MetricsResponse {
  /** Earliest watermark of the repositories in scope: everything up to here is complete. null when nothing is imported. */
  asOf: string | null;
  /** Latest watermark of the repositories in scope. */
  latest: string | null;
  results: MetricResult[];
}

/** A published figure, drawn as a labelled band and never as a target (metrics.md G14). Proportions as 0..1. */
export interface Benchmark {
  id: string;
  low: number;
  high: number;
  category: string | null;
  source: string;
  date: string;
  comparability: "ok" | "caution" | "no";
}

/** What a metric is: everything a card, a chart, a column, the catalogue and the API say about it. */
export interface MetricDescriptor {
  id: string;
  version: number;
  title: string;
  /** Short name for a card or column head. */
  shortTitle: string;
  question: string;
  /** One sentence, plain words. */
  definition: string;
  /** Formula in words: numerator / denominator. */
  formula: string;
  unit: Unit;
  direction: Direction;
  /** Additive metrics are zero-filled and may be summed; others show gaps. */
  additive: boolean;
  /** Window in seconds after merge for windowed outcomes, null otherwise. */
  windowSeconds: number | null;
  interval: string;
  dimensions: Dimension[];
  chart: "line" | "bar" | "stacked" | "interval" | "curve" | "none";
  exportColumn: string;
  caveats: string[];
  /** Section of the metric specification and further sources. */
  sources: string[];
  benchmarks: Benchmark[];
}

/** Curve of the share rolled back by hours since merge (1 − Kaplan–Meier), with a log–log band. */
export interface RollbackCurve {
  group: Partial<Record<Dimension, string>>;
  /** Merged pull requests at risk at 0, and how many were rolled back. */
  n: number;
  k: number;
  points: { hours: number; share: number; lo: number; hi: number; atRisk: number }[];
  /** Hours to rollback among those rolled back: p50, p75, p90; null below G10's n. */
  p50: number | null;
  p75: number | null;
  p90: number | null;
}

/** Answer of `POST /api/v1/rollbacks/curve`: one curve per group. */
export interface RollbackCurves {
  asOf: string | null;
  curves: RollbackCurve[];
}

/** What went wrong first with merged pull requests: answer of `POST /api/v1/rollbacks/first-events`. */
export interface FirstEvents {
  asOf: string | null;
  /** How many old enough ones each layer tells of within seven days, whichever are asked for. */
  layers: { layer: AdverseLayer; k: number }[];
  /**
   * Of the layers that are asked for: any within seven days. `bounds`: what the share would be if none, and if all, of the
   * unclear ones were taken back; null where none is unclear.
   */
  any: {
    k: number;
    n: number;
    value: number | null;
    lo: number | null;
    hi: number | null;
    bounds: { none: number; all: number } | null;
  };
  /** Taken back by an older version together with others: left out of the rate. */
  unclear: number;
  immature: number;
  /** Old enough ones that a production deployment brought. */
  deployed: number;
  /** Share by hours since the merge of which a layer was the first (Aalen–Johansen). */
  first: { layer: AdverseLayer; points: { hours: number; share: number }[] }[];
}

/** The value sets behind filters and labels, for the organisations in scope. */
export interface DimensionValues {
  /** Organisations; a sample organisation is never mixed with real ones unless it is asked for by name. */
  orgs: { slug: string; name: string; isSample: boolean; timeZone: string; fiscalStart: number }[];
  /** `value` is `org/name`, the form that filters take. */
  repos: { value: string; name: string; org: string; completeTo: string | null }[];
  teams: { value: string; name: string }[];
  agents: { value: string; name: string }[];
  /**
   * What the period picker is relative to: the first merge held, the latest and the earliest repository watermark.
   * null when nothing is imported.
   */
  span: { firstMergedAt: string; latest: string; asOf: string } | null;
  replica: ReplicaFreshness | null;
}

/** Where answers come from when it is not the primary; null there: they come from the primary. */
export interface ReplicaFreshness {
  /** How far the replica is behind, 0 when it is not; null when it cannot tell. */
  lagSeconds: number | null;
}

/**
 * Agent against human work, directly standardised to the pooled category × size mix of both (metrics.md G12).
 * Answer of `POST /api/v1/rollbacks/comparison` `{ window: "24h" | "7d", from, to, filters }`.
 */
export interface StandardisedComparison {
  arms: {
    arm: "agent" | "human";
    /** As they are, with their Wilson interval. */
    crude: { value: number | null; lo: number | null; hi: number | null; k: number; n: number };
    /** As if both arms did the same mix of tasks; null when no cell is common to both. */
    standardised: { value: number | null; lo: number | null; hi: number | null };
    /** Pull requests in cells that the other arm does not have, left out of the standardised rate. */
    dropped: number;
  }[];
  /** Agent minus human, standardised. */
  difference: MetricChange;
  cells: { used: number; dropped: number };
  /** Too young for the window, in neither arm. */
  immature: number;
}

/** A month of something in which a share was higher than elsewhere by more than chance. */
export interface Standout {
  dimension: "all" | "category" | "team" | "repo";
  /** The value of the dimension; empty for everything. */
  value: string;
  /** When the month began. */
  month: string;
  k: number;
  n: number;
  /** All other months and values of the dimension. */
  elsewhere: { k: number; n: number };
}

export interface Standouts {
  asOf: string | null;
  metric: string;
  /** Months of something that were held against the rest. */
  compared: number;
  /** The surest first. */
  standouts: Standout[];
}

/** How hours of review are spread over people. */
export interface ReviewerLoad {
  reviewers: number;
  /** null: of so few people nothing is said. */
  load: {
    /** Hours a week. */
    median: number;
    p90: number;
    /** So many people are the busiest tenth, and give this share of all hours. */
    busiest: number;
    busiestShare: number;
    /** Of all hours those that work of agents took. */
    agentShare: number;
    /** People by hours a week, from and below. */
    groups: { from: number; to: number | null; reviewers: number }[];
  } | null;
}
