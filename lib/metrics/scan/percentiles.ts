import { estimatePercentile, type PercentileEstimate } from "@/lib/metrics/statistics/percentile-estimate";
import type { MetricTally } from "./metric-tally";
import type { Scan } from "./scan-metrics";

/** The exact percentile of every place of a metric's groups; null for the places that nothing is known of. */
export function percentilesOf(scan: Scan, metric: MetricTally): (PercentileEstimate | null)[] {
  const { measure } = metric.definition;
  if (measure.kind !== "percentile") return [];
  const { k } = metric.numerators;
  const starts = new Int32Array(k.length + 1);
  for (let place = 0; place < k.length; place += 1) {
    starts[place + 1] = (starts[place] as number) + (k[place] as number);
  }
  const values = new Int32Array(starts[k.length] as number);
  const next = starts.slice();
  scan.visitRows(metric, "numerator", (table, row, place) => {
    const at = next[place] as number;
    values[at] = table[measure.column][row] as number;
    next[place] = at + 1;
  });
  return Array.from(k, (_, place) => estimatePercentile(values.subarray(starts[place], starts[place + 1]), measure.at));
}
