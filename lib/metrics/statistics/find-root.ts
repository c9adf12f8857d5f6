const MAX_STEPS = 200;

/**
 * Root of an increasing function inside [lo, hi]: Newton steps from `start` while they stay inside of the bracket,
 * halving otherwise, so it converges for any start and ends at the precision of a double.
 */
export function findRoot(
  f: (x: number) => number,
  derivative: (x: number) => number,
  start: number,
  bracket: { lo: number; hi: number },
): number {
  let { lo, hi } = bracket;
  let x = start > lo && start < hi ? start : (lo + hi) / 2;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const value = f(x);
    if (value === 0) return x;
    if (value < 0) lo = x;
    else hi = x;
    const newton = x - value / derivative(x);
    const next = newton > lo && newton < hi ? newton : (lo + hi) / 2;
    if (Math.abs(next - x) <= Number.EPSILON * Math.abs(next)) return next;
    x = next;
  }
  return x;
}
