import { logGamma } from "./log-gamma";

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * The chance that `n` of `total` things, of which `marked` are marked, hold `k` marked ones or more if they were drawn blindly:
 * Fisher’s exact test, one-sided. Whole numbers.
 * @returns a probability; 1 where `k` is 0
 */
export function hypergeometricTail(k: number, n: number, marked: number, total: number): number {
  if (k <= Math.max(0, n + marked - total)) return 1;
  const whole = logChoose(total, n);
  let tail = 0;
  for (let count = k; count <= Math.min(n, marked); count += 1) {
    tail += Math.exp(logChoose(marked, count) + logChoose(total - marked, n - count) - whole);
  }
  return Math.min(1, tail);
}
