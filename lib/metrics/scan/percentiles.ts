import type { Measure } from "@/lib/metrics/definitions/definition";
import { estimatePercentile } from "@/lib/metrics/statistics/percentile-estimate";
import { valueBuffer } from "./cell-buffer";
import type { MetricTally } from "./metric-tally";
import type { NumbersOf, TablePass } from "./table-pass";

/** Fewer values have no other percentile than the median (metrics.md G10). */
const FEWEST_FOR_SPREAD = 20;

/**
 * Puts the numbers of each group of a metric next to each other, for a bucket that was just counted: the counts say how
 * many there are, and the rows are in the processor's cache.
 * @param each called with the numbers `from … to − 1` of a group's place, which it may reorder; not where there are none
 */
export function eachGroupsNumbers(
  metric: MetricTally,
  numbersOf: NumbersOf,
  { passes, index, bucket }: { passes: readonly TablePass[]; index: number; bucket: number },
  each: (place: number, values: Int32Array, from: number, to: number) => void,
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
  for (const pass of passes) pass.gather(index, values, next, numbersOf);
  let from = 0;
  for (let group = 0; group < groups.length; group += 1) {
    const to = next[group] as number;
    if (to > from) each(group * buckets + bucket, values, from, to);
    from = to;
  }
}

/**
 * Works out the exact percentile of each group of a metric in a bucket; where it is the only bucket, the 75th and the 90th
 * of the same numbers too.
 */
export function addPercentiles(
  metric: MetricTally,
  { at, column }: Extract<Measure, { kind: "percentile" }>,
  where: { passes: readonly TablePass[]; index: number; bucket: number },
): void {
  const { numerators } = metric;
  eachGroupsNumbers(
    metric,
    (table) => table[column],
    where,
    (place, values, from, to) => {
      const estimate = estimatePercentile(values, at, from, to);
      if (estimate === null) return;
      numerators.setPercentile(place, estimate);
      if (numerators.buckets > 1 || to - from < FEWEST_FOR_SPREAD) return;
      const valueAt = (fraction: number) => estimatePercentile(values, fraction, from, to)?.value ?? Number.NaN;
      numerators.setSpread(place, valueAt(0.75), valueAt(0.9));
    },
  );
}
