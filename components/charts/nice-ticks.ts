const STEPS = [1, 2, 2.5, 5, 10];

/**
 * Round marks of an axis that begins at 0: the last one is at or above `reach`.
 * @param intervals at most this many steps
 * @param smallest no step below it, for what is counted in whole numbers
 */
export function niceTicks(reach: number, intervals: number, smallest = 0): number[] {
  const wanted = Math.max(reach / intervals, smallest, Number.MIN_VALUE);
  const scale = 10 ** Math.floor(Math.log10(wanted));
  // Binary fractions: 0.3 / 0.1 is a little more than 3 and must not count as a fourth step.
  const step = (STEPS.find((candidate) => candidate * scale >= wanted * (1 - 1e-9)) ?? 10) * scale;
  const whole = smallest >= 1 ? Math.ceil(step) : step;
  const count = Math.max(1, Math.ceil((reach / whole) * (1 - 1e-9)));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * whole).toPrecision(12)));
}

/** Decimals that tell marks of a share axis apart: one where a step is not a whole percent. */
export function shareTickDigits(ticks: readonly number[]): number {
  return ticks.every((share) => Math.abs(share * 100 - Math.round(share * 100)) < 1e-6) ? 0 : 1;
}
