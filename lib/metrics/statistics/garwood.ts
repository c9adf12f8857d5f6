import { gammaQuantile } from "./incomplete-gamma";

export interface RateInterval {
  /** Events per unit of exposure. */
  rate: number;
  lo: number;
  hi: number;
}

type Limits = { lo: number; hi: number };

/** Limits of counts at 95 %, which a page asks for over and over: each takes tens of microseconds to find. */
const known = new Map<number, Limits>();
const MAX_KNOWN = 20_000;
const USUAL_ALPHA = 0.05;

function computeLimits(events: number, alpha: number): Limits {
  return { lo: events === 0 ? 0 : gammaQuantile(alpha / 2, events), hi: gammaQuantile(1 - alpha / 2, events + 1) };
}

function countLimits(events: number, alpha: number): Limits {
  if (alpha !== USUAL_ALPHA) return computeLimits(events, alpha);
  let limits = known.get(events);
  if (limits === undefined) {
    if (known.size >= MAX_KNOWN) known.clear();
    limits = computeLimits(events, alpha);
    known.set(events, limits);
  }
  return limits;
}

/**
 * Garwood's exact Poisson interval of a count over an exposure (metrics.md Appendix A).
 * @param exposure in the unit of the rate: weeks, thousand lines
 * @returns null without exposure
 */
export function garwoodInterval(events: number, exposure: number, alpha = USUAL_ALPHA): RateInterval | null {
  if (exposure <= 0) return null;
  const { hi, lo } = countLimits(events, alpha);
  return { rate: events / exposure, lo: lo / exposure, hi: hi / exposure };
}
