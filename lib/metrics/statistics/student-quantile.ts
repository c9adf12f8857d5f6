import { betaQuantile } from "./incomplete-beta";

/** The t with P(T ≤ t) = p of Student's distribution with `df` degrees of freedom, for p above one half. */
export function studentQuantile(p: number, df: number): number {
  const x = betaQuantile(2 * (1 - p), df / 2, 1 / 2);
  return Math.sqrt((df * (1 - x)) / x);
}
