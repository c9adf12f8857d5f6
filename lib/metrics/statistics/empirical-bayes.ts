import { betaQuantile } from "./incomplete-beta";

export interface GroupCount {
  k: number;
  n: number;
}

export interface ShrunkRate {
  rate: number;
  /** 95 % of the posterior; null when the groups show no difference to shrink towards. */
  interval: { lo: number; hi: number } | null;
}

export interface Shrinkage {
  pooled: number;
  /** Intraclass correlation, 0 when there is no evidence that the groups differ. */
  rho: number;
  /** Weight of the prior in trials; null when rho = 0. */
  priorStrength: number | null;
  rates: ShrunkRate[];
}

/**
 * Empirical-Bayes shrinkage of group rates to the pooled rate: a beta prior from the ANOVA intraclass correlation
 * (metrics.md G11). Groups without trials are not allowed.
 * @returns rates in the order of the groups, or null for fewer than two groups or none with more than one trial
 */
export function shrinkRates(groups: readonly GroupCount[]): Shrinkage | null {
  const m = groups.length;
  const total = groups.reduce((sum, { n }) => sum + n, 0);
  if (m < 2 || total <= m || groups.some(({ n }) => n <= 0)) return null;
  const pooled = groups.reduce((sum, { k }) => sum + k, 0) / total;
  const between = groups.reduce((sum, { k, n }) => sum + n * (k / n - pooled) ** 2, 0) / (m - 1);
  const within = groups.reduce((sum, { k, n }) => sum + k * (1 - k / n), 0) / (total - m);
  const typical = (total - groups.reduce((sum, { n }) => sum + n * n, 0) / total) / (m - 1);
  const spread = between + (typical - 1) * within;
  const rho = spread > 0 ? Math.max(0, (between - within) / spread) : 0;
  if (rho === 0) {
    return { pooled, rho, priorStrength: null, rates: groups.map(() => ({ rate: pooled, interval: null })) };
  }
  const strength = (1 - rho) / rho;
  return {
    pooled,
    rho,
    priorStrength: strength,
    rates: groups.map(({ k, n }) => {
      const alpha = k + pooled * strength;
      const beta = n - k + (1 - pooled) * strength;
      return {
        rate: alpha / (n + strength),
        interval: { lo: betaQuantile(0.025, alpha, beta), hi: betaQuantile(0.975, alpha, beta) },
      };
    }),
  };
}
