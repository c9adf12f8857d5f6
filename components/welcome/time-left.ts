/** Below this a rate is noise. */
const MIN_OBSERVED_MS = 3000;

/** A reading of how far a step is. `at` in milliseconds. */
export interface Reading {
  step: string;
  done: number;
  at: number;
}

/**
 * Seconds until the step is done at the pace since `first`; null while that cannot be said.
 * @param total how many there are in the step, null while not known
 */
export function secondsLeft(first: Reading, now: Reading, total: number | null): number | null {
  const elapsed = now.at - first.at;
  const done = now.done - first.done;
  if (total === null || first.step !== now.step || elapsed < MIN_OBSERVED_MS || done <= 0) return null;
  return (Math.max(0, total - now.done) * elapsed) / done / 1000;
}
