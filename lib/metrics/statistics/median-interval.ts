import { logGamma } from "./log-gamma";
import { percentileCont } from "./percentile";

export interface MedianInterval {
  median: number;
  lo: number;
  hi: number;
  /** Ranks of the limits in the sorted values, from 1. */
  rankLo: number;
  rankHi: number;
  /** Probability that the interval holds the median, at least the confidence asked for. */
  coverage: number;
}

/**
 * Order-statistic interval of a median (metrics.md Appendix A).
 * @returns null when no interval of that confidence exists: below six values at 95 %.
 */
export function medianInterval(values: readonly number[], confidence = 0.95): MedianInterval | null {
  const n = values.length;
  const median = percentileCont(values, [0.5])?.[0];
  if (median === undefined) return null;
  const probability = (i: number) => Math.exp(logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1) - n * Math.LN2);
  let coverage = 1;
  let rank = 0;
  while (rank < Math.floor(n / 2)) {
    // Leaving out one more value at each end loses the two equal tails at this rank.
    const narrower = coverage - 2 * probability(rank);
    if (narrower < confidence) break;
    coverage = narrower;
    rank += 1;
  }
  if (rank === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return {
    median,
    lo: sorted[rank - 1] ?? Number.NaN,
    hi: sorted[n - rank] ?? Number.NaN,
    rankLo: rank,
    rankHi: n + 1 - rank,
    coverage,
  };
}
