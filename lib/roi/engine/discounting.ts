import { Decimal } from "@/lib/core/decimal";

const MONTHS = 12;

/** The last rate that was worked out: a root of 34 digits takes as long as all the rest of a model, and most ask for the same. */
let known = { annual: new Decimal(0), rate: new Decimal(0) };

/** r_m = (1 + r)^(1/12) − 1: the effective rate of a month (metrics.md 3.2). */
export function monthlyRate(annual: Decimal): Decimal {
  if (!known.annual.eq(annual)) {
    known = { annual, rate: annual.plus(1).pow(new Decimal(1).div(MONTHS)).minus(1) };
  }
  return known.rate;
}

/** flow[t] / (1 + rate)^t: flows at the end of each period, the first undiscounted. */
export function discounted(flows: readonly Decimal[], ratePerPeriod: Decimal): Decimal[] {
  const discount = new Decimal(1).div(ratePerPeriod.plus(1));
  let factor = new Decimal(1);
  return flows.map((flow) => {
    const worth = flow.times(factor);
    factor = factor.times(discount);
    return worth;
  });
}

/** Σ flow[t] / (1 + rate)^t. */
export function presentValue(flows: readonly Decimal[], ratePerPeriod: Decimal): Decimal {
  return discounted(flows, ratePerPeriod).reduce((total, worth) => total.plus(worth), new Decimal(0));
}

const LOWEST = -0.9999;
const HIGHEST = 10;
const STEPS = 200;

/**
 * The rate per period at which flows are worth nothing, by bisection on (−0.9999, 10). null unless they change their sign
 * exactly once, where there could be none or several (metrics.md 3.2), and where it lies outside.
 */
export function internalRate(flows: readonly number[]): number | null {
  const signs = flows.map(Math.sign).filter((sign) => sign !== 0);
  if (signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length !== 1) return null;
  const valueAt = (rate: number) => flows.reduceRight((value, flow) => value / (1 + rate) + flow, 0);
  let [lo, hi] = [LOWEST, HIGHEST];
  const atLowest = Math.sign(valueAt(lo));
  if (atLowest === Math.sign(valueAt(hi))) return null;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (lo + hi) / 2;
    if (middle === lo || middle === hi) break;
    if (Math.sign(valueAt(middle)) === atLowest) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}

/** A monthly rate as an effective annual one. */
export function annualised(monthly: number): number {
  return (1 + monthly) ** MONTHS - 1;
}

export interface Payback {
  /** The month at whose end it is paid back. */
  month: number;
  /** With the part of that month, by linear interpolation. */
  fractional: number;
}

/**
 * When what was put in has come back: the last time that the sum of the flows so far crosses from below zero, since a curve
 * can touch zero and fall again. Month 0 where it never is below; null where it ends below.
 */
export function payback(flows: readonly Decimal[]): Payback | null {
  let [sum, found] = [new Decimal(0), { month: 0, fractional: 0 } as Payback | null];
  for (const [month, flow] of flows.entries()) {
    const before = sum;
    sum = sum.plus(flow);
    const [wasBelow, isBelow] = [before.isNegative() && !before.isZero(), sum.isNegative() && !sum.isZero()];
    if (isBelow) found = null;
    else if (wasBelow)
      found = {
        month,
        fractional: before
          .neg()
          .div(flow)
          .plus(month - 1)
          .toNumber(),
      };
  }
  return found;
}
