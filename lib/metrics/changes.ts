import type { MetricDefinition } from "./definitions/definition";
import { newcombeDifference } from "./statistics/newcombe";
import type { MetricChange, MetricRow } from "./types";

type Estimate = { value: number; lo: number; hi: number };

function estimateOf({ value, lo, hi }: MetricRow): Estimate | null {
  return value === null || lo === null || hi === null ? null : { value, lo, hi };
}

/** Difference of two independent estimates from their own limits (MOVER, of which Newcombe's method is a case). */
function difference(now: Estimate, before: Estimate): MetricChange {
  const value = now.value - before.value;
  return {
    value,
    lo: value - Math.hypot(now.value - now.lo, before.hi - before.value),
    hi: value + Math.hypot(now.hi - now.value, before.value - before.lo),
    method: "mover",
  };
}

function changeOf({ measure }: MetricDefinition, now: MetricRow, before: MetricRow): MetricChange {
  if (now.value === null || before.value === null) return { value: null, lo: null, hi: null, method: "none" };
  if (measure.kind === "proportion") {
    const found = newcombeDifference(now.k ?? 0, now.n ?? 0, before.k ?? 0, before.n ?? 0);
    if (found !== null) return { value: found.diff, lo: found.lo, hi: found.hi, method: "newcombe" };
  }
  const [current, earlier] = [estimateOf(now), estimateOf(before)];
  if (current !== null && earlier !== null) return difference(current, earlier);
  return { value: now.value - before.value, lo: null, hi: null, method: "none" };
}

/** The groups of one metric name the same dimensions in the same order. */
const keyOf = ({ group }: MetricRow) => JSON.stringify(Object.values(group));

/** Adds to each row its difference from the row of the same group in the comparison; 95 % limits where both have them. */
export function withChanges(
  definition: MetricDefinition,
  rows: readonly MetricRow[],
  compare: readonly MetricRow[],
): MetricRow[] {
  const before = new Map(compare.map((row) => [keyOf(row), row]));
  return rows.map((row) => {
    const earlier = before.get(keyOf(row));
    return earlier === undefined ? row : { ...row, change: changeOf(definition, row, earlier) };
  });
}
