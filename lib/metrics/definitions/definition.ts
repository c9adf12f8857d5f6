import type { Dimension } from "@/lib/core/dimensions";
import type { NumberColumn } from "@/lib/metrics/columns/table";
import type { MetricDescriptor } from "@/lib/metrics/types";
import type { Condition } from "./condition";

/**
 * How a value comes out of pull requests. Conditions and columns are applied to the mature, eligible rows of the
 * metric's population only.
 */
export type Measure =
  /** How many rows satisfy `counted`. */
  | { kind: "count"; counted: Condition }
  /** How many rows satisfy `counted`, per calendar week. */
  | { kind: "weekly_rate"; counted: Condition }
  /** Rows that satisfy `numerator` / rows. */
  | { kind: "proportion"; numerator: Condition }
  /** Σ numerator / Σ denominator over rows where both are known; the others are counted under `unknown`. */
  | { kind: "ratio"; numerator: NumberColumn; denominator: NumberColumn; unknown: string }
  /** The exact percentile `at` (0..1) of a column over rows where it is known; the others are counted under `unknown`. */
  | { kind: "percentile"; column: NumberColumn; at: number; unknown: string };

/** One metric: what it says of itself and how its parts are computed. The whole of a metric is one such file. */
export interface MetricDefinition {
  descriptor: MetricDescriptor;
  /**
   * `agent`: agent and assisted pull requests, unless the query groups or filters by author kind, which then chooses.
   * `all`: every eligible pull request.
   */
  population: "agent" | "all";
  /** Dimensions whose filter and group narrow the numerator alone, so that a row is a share of the whole. */
  shareOf: readonly Dimension[];
  /** A dimension that every row of this metric carries, asked for or not. */
  alwaysBy: Dimension | null;
  /** Agent work under human accounts is invisible, so the true value is at least this. */
  lowerBound: boolean;
  measure: Measure;
}
