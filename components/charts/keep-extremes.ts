/** Pixels between the axes of the narrowest chart, on a screen of 390 px: more points than that cannot be told apart. */
export const MAX_POINTS = 240;

/**
 * Which places of some series to draw where there are more than `limit`: the first, the last, and of each stretch the
 * lowest, the highest and one gap of every series, so that no peak and no hole is lost.
 * @param series values by place, all of the same length; null is a gap
 * @returns places in order, at most `limit` of them (or two, whatever the limit)
 */
export function keepExtremes(series: readonly (readonly (number | null)[])[], limit: number): number[] {
  const length = Math.max(0, ...series.map((values) => values.length));
  const all = Array.from({ length }, (_, place) => place);
  if (length <= limit) return all;
  const kept = new Set([0, length - 1]);
  const stretches = Math.floor((limit - 2) / (3 * series.length));
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const places = all.slice(
      Math.floor((stretch * length) / stretches),
      Math.floor(((stretch + 1) * length) / stretches),
    );
    for (const values of series) for (const place of notable(values, places)) kept.add(place);
  }
  return all.filter((place) => kept.has(place));
}

/** The lowest, the highest and the first gap among some places. */
function notable(values: readonly (number | null)[], places: readonly number[]): number[] {
  let low: number | undefined;
  let high: number | undefined;
  let gap: number | undefined;
  for (const place of places) {
    const value = values[place] ?? null;
    if (value === null) gap ??= place;
    else {
      if (low === undefined || value < (values[low] ?? 0)) low = place;
      if (high === undefined || value > (values[high] ?? 0)) high = place;
    }
  }
  return [low, high, gap].filter((place) => place !== undefined);
}
