import { betaQuantile } from "./incomplete-beta";

export interface ExactBounds {
  twoSided: { lo: number; hi: number };
  /** One-sided bounds of the same confidence: what a decision may rely on. */
  upper: number;
  lower: number;
}

/**
 * Clopper–Pearson bounds of k successes in n trials (metrics.md Appendix A).
 * @param alpha 1 − confidence
 * @returns null when n = 0
 */
export function clopperPearson(k: number, n: number, alpha = 0.05): ExactBounds | null {
  if (n <= 0) return null;
  const lower = (tail: number) => (k === 0 ? 0 : betaQuantile(tail, k, n - k + 1));
  const upper = (tail: number) => (k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k));
  return { twoSided: { lo: lower(alpha / 2), hi: upper(alpha / 2) }, upper: upper(alpha), lower: lower(alpha) };
}
