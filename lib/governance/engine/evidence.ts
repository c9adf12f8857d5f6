import { clopperPearson } from "@/lib/metrics/statistics/clopper-pearson";
import { logBeta, regularizedBeta } from "@/lib/metrics/statistics/incomplete-beta";

/** α = 5 % however often one looks: the evidence at which a rate below the ceiling is taken as shown. */
export const ENOUGH_EVIDENCE = 20;

/** ln of τᵏ(1 − τ)ⁿ⁻ᵏ: how likely the outcomes are at the ceiling itself. */
const logAtCeiling = (k: number, n: number, ceiling: number): number =>
  k * Math.log(ceiling) + (n - k) * Math.log1p(-ceiling);

/**
 * Evidence that the rate lies below a ceiling τ: outcomes under a uniform mixture of rates below it, by outcomes at it
 * (metrics.md 5.2). A supermartingale for every rate of τ or more, so that it passes 20 with a chance of at most 5 %,
 * however often it is looked at.
 * @param k how many were rolled back
 * @param n of how many
 * @param ceiling 0 < τ < 1
 */
export function evidenceBelow(k: number, n: number, ceiling: number): number {
  const [a, b] = [k + 1, n - k + 1];
  return regularizedBeta(ceiling, a, b) * Math.exp(logBeta(a, b) - Math.log(ceiling) - logAtCeiling(k, n, ceiling));
}

/** The same against a ceiling: a uniform mixture of rates above it. What takes a graduation back. */
export function evidenceAbove(k: number, n: number, ceiling: number): number {
  const [a, b] = [n - k + 1, k + 1];
  return (
    regularizedBeta(1 - ceiling, a, b) * Math.exp(logBeta(a, b) - Math.log1p(-ceiling) - logAtCeiling(k, n, ceiling))
  );
}

/** The one-sided 95 % upper bound of Clopper–Pearson; 1 of nothing. */
export function upperBound(k: number, n: number): number {
  return clopperPearson(k, n)?.upper ?? 1;
}

/** The least n with k failures at which the evidence suffices: what is told as "about so many more without a rollback". */
export function enoughAt(k: number, ceiling: number): number {
  return leastWhere(k, (n) => evidenceBelow(k, n, ceiling) >= ENOUGH_EVIDENCE);
}

/** The least n with k failures whose upper bound is at most the ceiling, looked at once. */
export function enoughLookedAtOnce(k: number, ceiling: number): number {
  return leastWhere(Math.max(1, k), (n) => upperBound(k, n) <= ceiling);
}

/** The least n from a first on that something holds of, when it holds of all later ones. */
function leastWhere(first: number, holds: (n: number) => boolean): number {
  if (holds(first)) return first;
  let [low, high] = [first, first * 2 + 1];
  while (!holds(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
