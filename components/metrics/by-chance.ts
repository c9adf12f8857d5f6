import type { MetricRow } from "@/lib/metrics/types";

/** Fewer than 30 are not compared (metrics.md G10). */
export function isSmall(row: MetricRow | undefined): boolean {
  return row?.flags.some((flag) => flag === "few" || flag === "small_sample") === true;
}

/** The interval of a difference holds zero. */
export function withinChance(change: { lo: number | null; hi: number | null }): boolean {
  return change.lo === null || change.hi === null || (change.lo <= 0 && change.hi >= 0);
}
