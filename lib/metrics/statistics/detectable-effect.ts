import { studentQuantile } from "./student-quantile";

/**
 * The smallest difference of two groups' mean changes that is seen with some power at 5 %, two-sided, where single changes
 * spread like these (metrics.md 2.10: Welch's standard error with one spread for both groups).
 * @returns null with fewer than two in a group, or where nothing spreads
 */
export function detectableEffect(
  changes: readonly number[],
  { control, treated }: { treated: number; control: number },
  power: number,
): number | null {
  if (Math.min(treated, control) < 2 || changes.length < 3) return null;
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const variance = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0) / (changes.length - 1);
  if (variance === 0) return null;
  const df = treated + control - 2;
  return (studentQuantile(0.975, df) + studentQuantile(power, df)) * Math.sqrt(variance / treated + variance / control);
}
