import type { Unit } from "@/lib/metrics/types";

/** How a company writes figures of a metric down; null of one that has no figure to be held against. */
const WRITTEN_AS: Readonly<Partial<Record<Unit, string>>> = {
  proportion: "%",
  per_week: "a week",
  per_day: "a day",
  per_working_day: "a day",
  per_engineer_week: "per engineer-week",
  per_kloc: "per 1,000 lines",
  seconds: "h",
  hours: "h",
  times: "×",
  rounds: "times",
};

/** The unit in which figures of a metric are entered; null where none can be. */
export const benchmarkUnitOf = (unit: Unit): string | null => WRITTEN_AS[unit] ?? null;
