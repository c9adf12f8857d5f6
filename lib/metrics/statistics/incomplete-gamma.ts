import { findRoot } from "./find-root";
import { logGamma } from "./log-gamma";

const TINY = 1e-300;
const MAX_TERMS = 100_000;

function seriesP(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * Number.EPSILON) break;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** Lentz's continued fraction of the upper function. */
function fractionQ(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < TINY ? TINY : an * d + b);
    c = Math.abs(b + an / c) < TINY ? TINY : b + an / c;
    const delta = c * d;
    h *= delta;
    if (Math.abs(delta - 1) < Number.EPSILON) break;
  }
  return h * Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** Regularised lower incomplete gamma function P(a, x), a > 0. */
export function regularizedGammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  return x < a + 1 ? seriesP(a, x) : 1 - fractionQ(a, x);
}

/** The x with P(a, x) = p, for a > 0 and 0 < p < 1; half a chi-square quantile with 2a degrees of freedom. */
export function gammaQuantile(p: number, a: number): number {
  const density = (x: number) => Math.exp((a - 1) * Math.log(x) - x - logGamma(a));
  const hi = a + 40 * Math.sqrt(a) + 60;
  return findRoot((x) => regularizedGammaP(a, x) - p, density, a, { lo: 0, hi });
}
