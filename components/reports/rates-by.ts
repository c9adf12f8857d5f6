import type { Dimension } from "@/lib/core/dimensions";
import type { MetricRow } from "@/lib/metrics/types";

/** Rows by the value of the dimension that they are grouped by. */
export function ratesBy(dimension: Dimension, rows: readonly MetricRow[]): ReadonlyMap<string, MetricRow> {
  return new Map(rows.map((row) => [row.group[dimension] ?? "", row]));
}
