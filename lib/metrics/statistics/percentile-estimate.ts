import { regularizedBeta } from "./incomplete-beta";
import { selectRanks } from "./select-ranks";
import { Z95 } from "./wilson";

export interface PercentileEstimate {
  value: number;
  /** Order-statistic limits, 95 %; null where so few values allow none. */
  lo: number | null;
  hi: number | null;
  method: "order-statistic" | "none";
}

const TAIL = 0.025;

/** Probability that a Binomial(n, fraction) count is at most `count`. */
function binomialAtMost(count: number, n: number, fraction: number): number {
  if (count < 0) return 0;
  return count >= n ? 1 : regularizedBeta(1 - fraction, n - count, count + 1);
}

/** The largest count with at most that probability in the tail below it and on it, −1 when there is none. */
function lowerTail(n: number, fraction: number): number {
  const spread = Z95 * Math.sqrt(n * fraction * (1 - fraction));
  let count = Math.max(-1, Math.min(n - 1, Math.floor(n * fraction - spread)));
  while (count >= 0 && binomialAtMost(count, n, fraction) > TAIL) count -= 1;
  while (binomialAtMost(count + 1, n, fraction) <= TAIL) count += 1;
  return count;
}

type Ranks = { lo: number; hi: number };

/** By percentile, then by number of values. */
const known = new Map<number, Map<number, Ranks | null>>();
const MAX_KNOWN = 10_000;

/**
 * Ranks (from 0) of the order statistics that hold a percentile of the population with 95 % (metrics.md G9, Appendix
 * A); for the median the same as `medianInterval`. null when there are too few values.
 */
export function percentileRanks(n: number, fraction: number): Ranks | null {
  let bySize = known.get(fraction);
  if (bySize === undefined || bySize.size >= MAX_KNOWN) {
    bySize = new Map();
    known.set(fraction, bySize);
  }
  let ranks = bySize.get(n);
  if (ranks === undefined) {
    const lo = lowerTail(n, fraction);
    const above = lowerTail(n, 1 - fraction);
    ranks = lo < 0 || above < 0 ? null : { lo, hi: n - 1 - above };
    bySize.set(n, ranks);
  }
  return ranks;
}

/** A range of values up to this many times as wide as the list is long is counted instead of searched. */
const COUNTED_RANGE = 4;

/** Sorts by counting how often each value occurs, where they lie close together; false where they do not. */
function sortByCounting(values: Int32Array): boolean {
  let low = values[0] as number;
  let high = low;
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high - low > values.length * COUNTED_RANGE) return false;
  const counts = new Int32Array(high - low + 1);
  for (let index = 0; index < values.length; index += 1) {
    const at = (values[index] as number) - low;
    counts[at] = (counts[at] as number) + 1;
  }
  let next = 0;
  for (let at = 0; at < counts.length; at += 1) {
    const end = next + (counts[at] as number);
    if (end > next) values.fill(low + at, next, end);
    next = end;
  }
  return true;
}

/** Up to this many values sorting them is faster than looking for single ranks. */
const SORTED_UP_TO = 1000;

/**
 * An exact percentile (`percentile_cont`) with its order-statistic interval.
 * @param values reordered in place
 * @returns null for an empty list
 */
export function estimatePercentile(values: Int32Array, fraction: number): PercentileEstimate | null {
  if (values.length === 0) return null;
  const rank = fraction * (values.length - 1);
  const [below, above] = [Math.floor(rank), Math.ceil(rank)];
  const limits = percentileRanks(values.length, fraction);
  if (values.length <= SORTED_UP_TO) values.sort();
  else if (!sortByCounting(values)) {
    const ranks = limits === null ? [below, above] : [limits.lo, below, above, limits.hi];
    selectRanks(
      values,
      ranks.sort((a, b) => a - b),
    );
  }
  const low = values[below] as number;
  const value = low + (rank - below) * ((values[above] as number) - low);
  return limits === null
    ? { value, lo: null, hi: null, method: "none" }
    : { value, lo: values[limits.lo] as number, hi: values[limits.hi] as number, method: "order-statistic" };
}
