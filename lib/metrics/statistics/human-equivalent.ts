interface Work {
  /** Safe pull requests a week. */
  safePerWeek: number;
  /** Pull requests that one developer merges a week. */
  baseline: number;
  reviewHoursPerWeek: number;
  hoursPerWeek: number;
}

/**
 * How many developers would merge as many pull requests, and what is left of them when the developers who review are taken off
 * (metrics.md 2.5). Pull requests differ in size: it is throughput, and no staffing.
 */
export function humanEquivalent({ baseline, hoursPerWeek, reviewHoursPerWeek, safePerWeek }: Work): {
  gross: number;
  net: number;
} {
  const gross = safePerWeek / baseline;
  return { gross, net: gross - reviewHoursPerWeek / hoursPerWeek };
}
