import type { FactTable } from "@/lib/metrics/columns/table";

/** Whether the rows of a stretch are mature for a window: all of them, none, or it depends on the repository. */
type Maturity = "all" | "none" | "mixed";

export interface Stretch {
  from: number;
  to: number;
  /** By window. */
  maturity: Maturity[];
}

/** The first row merged at or after an instant (milliseconds); the number of rows when there is none. */
export function firstRowAt({ length, mergedAt }: FactTable, instant: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((mergedAt[middle] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first row merged after an instant. */
function firstRowAfter(table: FactTable, instant: number): number {
  // Merge times are whole milliseconds.
  return firstRowAt(table, Math.floor(instant) + 1);
}

/**
 * Cuts rows where the answer "mature for this window" may change: before the earliest cutoff of any repository every
 * row is, after the latest none is, so only the rows between have to be asked one by one.
 * @param cutoffs by window, per repository position; NaN for a repository that is not looked at
 */
export function stretchesOf(
  table: FactTable,
  { from, to }: { from: number; to: number },
  cutoffs: readonly Float64Array[],
): Stretch[] {
  const limits = cutoffs.map((instants) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const instant of instants) {
      if (instant < low) low = instant;
      if (instant > high) high = instant;
    }
    return high < low
      ? { all: from, some: from }
      : { all: firstRowAfter(table, low), some: firstRowAfter(table, high) };
  });
  const cuts = new Set([from, to]);
  for (const { all, some } of limits) for (const cut of [all, some]) if (cut > from && cut < to) cuts.add(cut);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => ({
    from: start,
    to: sorted[index + 1] ?? to,
    maturity: limits.map(({ all, some }): Maturity => (start < all ? "all" : start < some ? "mixed" : "none")),
  }));
}
