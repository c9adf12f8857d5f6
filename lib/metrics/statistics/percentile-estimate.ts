import { regularizedBeta } from "./incomplete-beta";
import { narrowToRanks } from "./narrow-to-ranks";
import { selectRanks } from "./select-ranks";
import { Z95 } from "./wilson";

export interface PercentileEstimate {
  value: number;
  /** Order-statistic limits, 95 %; null where so few values allow none. */
  lo: number | null;
  hi: number | null;
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

/** From this many values on, those far from the ranks are set aside before any are compared with each other. */
const COUNTED_FROM = 64;

/**
 * An exact percentile (`percentile_cont`) of the values `from … to − 1`, with its order-statistic interval.
 * @param values reordered in place
 * @returns null for an empty list
 */
export function estimatePercentile(
  values: Int32Array,
  fraction: number,
  from = 0,
  to = values.length,
): PercentileEstimate | null {
  const n = to - from;
  if (n === 0) return null;
  const rank = fraction * (n - 1);
  const [below, above] = [Math.floor(rank), Math.ceil(rank)];
  const limits = percentileRanks(n, fraction);
  const first = limits === null ? below : Math.min(below, limits.lo);
  const last = limits === null ? above : Math.max(above, limits.hi);
  const { before, end } = n < COUNTED_FROM ? { before: 0, end: to } : narrowToRanks(values, from, to, first, last);
  const start = from - before;
  selectRanks(values, [start + first, start + below, start + above, start + last], from, end - 1);
  const low = values[start + below] as number;
  const value = low + (rank - below) * ((values[start + above] as number) - low);
  return limits === null
    ? { value, lo: null, hi: null }
    : { value, lo: values[start + limits.lo] as number, hi: values[start + limits.hi] as number };
}
