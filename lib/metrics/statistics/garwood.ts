import { gammaQuantile } from "./incomplete-gamma";

export interface RateInterval {
  /** Events per unit of exposure. */
  rate: number;
  lo: number;
  hi: number;
}

/**
 * Garwood's exact Poisson interval of a count over an exposure (metrics.md Appendix A).
 * @param exposure in the unit of the rate: weeks, thousand lines
 * @returns null without exposure
 */
export function garwoodInterval(events: number, exposure: number, alpha = 0.05): RateInterval | null {
  if (exposure <= 0) return null;
  return {
    rate: events / exposure,
    lo: events === 0 ? 0 : gammaQuantile(alpha / 2, events) / exposure,
    hi: gammaQuantile(1 - alpha / 2, events + 1) / exposure,
  };
}
