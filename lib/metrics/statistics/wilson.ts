/** Two-sided 95 % quantile of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/** A proportion with its interval; all three in 0..1. */
export interface ProportionInterval {
  p: number;
  lo: number;
  hi: number;
}

/**
 * Wilson score interval of k successes in n trials (metrics.md Appendix A).
 * @returns null when n = 0: no trials is not a rate of zero.
 */
export function wilsonInterval(k: number, n: number, z: number = Z95): ProportionInterval | null {
  if (n <= 0) return null;
  const p = k / n;
  const z2 = z * z;
  const scale = 1 + z2 / n;
  const centre = p + z2 / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return {
    p,
    // The limits at the ends are 0 and 1 exactly; rounding would put the rate itself outside.
    lo: k === 0 ? 0 : Math.max(0, (centre - half) / scale),
    hi: k === n ? 1 : Math.min(1, (centre + half) / scale),
  };
}
