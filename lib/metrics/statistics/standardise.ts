import { wilsonInterval } from "./wilson";

/** One stratum of two arms, for instance a category and size of change, agents against people. */
export interface Stratum {
  key: string;
  first: { k: number; n: number };
  second: { k: number; n: number };
}

export interface StandardisedRate {
  rate: number;
  /** 95 %: the Wilson limits of the strata combined by their weights (Newcombe's and Zou's MOVER). */
  lo: number;
  hi: number;
}

export interface Standardisation {
  /** Pooled share of each compared stratum. */
  weights: Map<string, number>;
  first: StandardisedRate;
  second: StandardisedRate;
  difference: { diff: number; lo: number; hi: number };
  /** First over second; null when the second is 0. */
  ratio: number | null;
  /** Strata where an arm is empty: left out and reported. */
  dropped: string[];
}

function combine(cells: readonly { weight: number; k: number; n: number }[]): StandardisedRate {
  let rate = 0;
  let below = 0;
  let above = 0;
  for (const { weight, k, n } of cells) {
    const interval = wilsonInterval(k, n);
    if (interval === null) continue;
    rate += weight * interval.p;
    below += (weight * (interval.p - interval.lo)) ** 2;
    above += (weight * (interval.hi - interval.p)) ** 2;
  }
  return { rate, lo: Math.max(0, rate - Math.sqrt(below)), hi: Math.min(1, rate + Math.sqrt(above)) };
}

/**
 * Direct standardisation of two arms to their pooled mix of strata (metrics.md G12 and Appendix A).
 * @returns null when no stratum has both arms
 */
export function standardise(strata: readonly Stratum[]): Standardisation | null {
  const shared = strata.filter(({ first, second }) => first.n > 0 && second.n > 0);
  const total = shared.reduce((sum, { first, second }) => sum + first.n + second.n, 0);
  if (total === 0) return null;
  const weightOf = ({ first, second }: Stratum) => (first.n + second.n) / total;
  const first = combine(shared.map((stratum) => ({ weight: weightOf(stratum), ...stratum.first })));
  const second = combine(shared.map((stratum) => ({ weight: weightOf(stratum), ...stratum.second })));
  const diff = first.rate - second.rate;
  return {
    weights: new Map(shared.map((stratum) => [stratum.key, weightOf(stratum)])),
    first,
    second,
    difference: {
      diff,
      lo: diff - Math.hypot(first.rate - first.lo, second.hi - second.rate),
      hi: diff + Math.hypot(first.hi - first.rate, second.rate - second.lo),
    },
    ratio: second.rate === 0 ? null : first.rate / second.rate,
    dropped: strata.filter((stratum) => !shared.includes(stratum)).map(({ key }) => key),
  };
}
