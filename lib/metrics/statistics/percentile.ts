/**
 * Percentiles as PostgreSQL's `percentile_cont` computes them (Hyndman–Fan type 7): linear at rank f·(n−1).
 * @param fractions each 0..1
 * @returns one value per fraction, or null for an empty list
 */
export function percentileCont(values: readonly number[], fractions: readonly number[]): number[] | null {
  return percentilesOfSorted(Float64Array.from(values).sort(), fractions);
}

/** The same of values that are in ascending order already. */
export function percentilesOfSorted(sorted: Float64Array, fractions: readonly number[]): number[] | null {
  if (sorted.length === 0) return null;
  return fractions.map((fraction) => {
    const rank = fraction * (sorted.length - 1);
    const below = Math.floor(rank);
    const low = sorted[below] ?? Number.NaN;
    const high = sorted[Math.ceil(rank)] ?? Number.NaN;
    return low + (rank - below) * (high - low);
  });
}
