/** What repeated runs of one thing came to, in milliseconds. */
export interface Sample {
  runs: number;
  median: number;
  p95: number;
}

/** The value below which a share of the runs lies, by linear interpolation. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? low;
  return low + (high - low) * (position - Math.floor(position));
}

/** @throws {RangeError} for no runs at all */
export function sampleOf(milliseconds: readonly number[]): Sample {
  if (milliseconds.length === 0) throw new RangeError("nothing was measured");
  const sorted = milliseconds.toSorted((left, right) => left - right);
  return { runs: sorted.length, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}

/** Runs something once. @returns its result and how long it took in milliseconds */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}
