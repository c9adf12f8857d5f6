import type { Measure } from "@/lib/metrics/definitions/definition";
import { estimatePercentile } from "@/lib/metrics/statistics/percentile-estimate";
import { valueBuffer } from "./cell-buffer";
import type { MetricTally } from "./metric-tally";
import type { TablePass } from "./table-pass";

/**
 * Works out the exact percentile of each group of a metric in a bucket that was just counted: the counts say how many
 * numbers each group has, so that they are put next to each other while the bucket is in the processor's cache.
 */
export function addPercentiles(
  metric: MetricTally,
  { at, column }: Extract<Measure, { kind: "percentile" }>,
  passes: readonly TablePass[],
  index: number,
  bucket: number,
): void {
  const { buckets, groups, k } = metric.numerators;
  const next = new Int32Array(groups.length);
  let total = 0;
  for (let group = 0; group < groups.length; group += 1) {
    next[group] = total;
    total += k[group * buckets + bucket] as number;
  }
  if (total === 0) return;
  const values = valueBuffer(total + 1);
  for (const pass of passes) pass.gather(index, values, next, column);
  let from = 0;
  for (let group = 0; group < groups.length; group += 1) {
    const to = next[group] as number;
    const estimate = estimatePercentile(values, at, from, to);
    if (estimate !== null) metric.numerators.setPercentile(group * buckets + bucket, estimate);
    from = to;
  }
}
