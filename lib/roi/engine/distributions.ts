import { betaDensity, betaQuantile, regularizedBeta } from "@/lib/metrics/statistics/incomplete-beta";
import { normalQuantile } from "@/lib/metrics/statistics/normal-quantile";
import { studentQuantile } from "@/lib/metrics/statistics/student-quantile";

/** What an input may be (metrics.md 3.3): each has a closed or an exact inverse, so that one random number gives one value. */
export type Distribution =
  /** Entered low, most likely and high. */
  | { kind: "triangular"; low: number; mode: number; high: number }
  /** A measured proportion k of n, by Jeffreys: Beta(k + ½, n − k + ½). */
  | { kind: "beta"; a: number; b: number }
  /** A cost that has a long tail, by its median and its 90th percentile. */
  | { kind: "lognormal"; median: number; p90: number }
  /** An estimate with a standard error: value + error · t. */
  | { kind: "student"; value: number; error: number; df: number };

/** The value that lies at a share `u` of the distribution, 0 < u < 1. */
export type Quantile = (u: number) => number;

/** The inverse of its distribution function. What many draws need of it is worked out once. */
export function quantileOf(distribution: Distribution): Quantile {
  switch (distribution.kind) {
    case "triangular":
      return triangularQuantile(distribution.low, distribution.mode, distribution.high);
    case "beta":
      return betaQuantiles(distribution.a, distribution.b);
    case "lognormal": {
      const sigma = Math.log(distribution.p90 / distribution.median) / normalQuantile(0.9);
      return (u) => distribution.median * Math.exp(sigma * normalQuantile(u));
    }
    case "student": {
      const { value, error, df } = distribution;
      return (u) => value + (u < 0.5 ? -error : error) * (u === 0.5 ? 0 : studentQuantile(Math.max(u, 1 - u), df));
    }
  }
}

function triangularQuantile(low: number, mode: number, high: number): Quantile {
  const width = high - low;
  if (width <= 0) return () => low;
  const turn = (mode - low) / width;
  return (u) =>
    u < turn ? low + Math.sqrt(u * width * (mode - low)) : high - Math.sqrt((1 - u) * width * (high - mode));
}

/** Share of the distribution in each tail that is looked up exactly. */
const TAIL = 1e-3;
const KNOTS = 1024;

/**
 * Quantiles of a beta distribution: exact at knots, between them by a cubic through values and slopes, whose error is far
 * below a millionth of the value; exact in the tails. Knots are equally far apart in θ where x = sin² θ, in which also
 * distributions that crowd at 0 or 1 are smooth.
 */
function betaQuantiles(a: number, b: number): Quantile {
  const angleOf = (u: number) => Math.asin(Math.sqrt(betaQuantile(u, a, b)));
  const [from, to] = [angleOf(TAIL), angleOf(1 - TAIL)];
  const step = (to - from) / (KNOTS - 1);
  const angles = Float64Array.from({ length: KNOTS }, (_, index) => from + index * step);
  const shares = angles.map((angle) => regularizedBeta(Math.sin(angle) ** 2, a, b));
  const slopes = angles.map((angle) => 1 / (betaDensity(Math.sin(angle) ** 2, a, b) * Math.sin(2 * angle)));
  return (u) => {
    if (u < TAIL || u > 1 - TAIL) return betaQuantile(u, a, b);
    const index = Math.max(0, firstAbove(shares, u) - 1);
    const [left, right] = [shares[index] as number, shares[index + 1] ?? (shares[index] as number)];
    const height = right - left;
    if (height <= 0) return Math.sin(angles[index] as number) ** 2;
    const t = (u - left) / height;
    const rest = 1 - t;
    const angle =
      (1 + 2 * t) * rest * rest * (angles[index] as number) +
      t * rest * rest * height * (slopes[index] as number) +
      t * t * (3 - 2 * t) * (angles[index + 1] as number) -
      t * t * rest * height * (slopes[index + 1] as number);
    return Math.sin(angle) ** 2;
  };
}

/** Index of the first element above a value, in ascending ones. */
function firstAbove(sorted: Float64Array, value: number): number {
  let [lo, hi] = [0, sorted.length];
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    if ((sorted[middle] as number) > value) hi = middle;
    else lo = middle + 1;
  }
  return Math.min(lo, sorted.length - 1);
}
