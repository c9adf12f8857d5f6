import { Decimal } from "@/lib/core/decimal";
import type { InputKey } from "./inputs";
import type { UnitEconomics } from "./unit-economics";

/** One thing that a pull request brings or costs, or that a month costs anyway, and the inputs that it is worked out from. */
export interface EconomicsLine {
  id: string;
  side: "benefit" | "cost" | "fixed";
  /** Major units; of one pull request, or of a month where it is fixed. */
  of: (economics: UnitEconomics) => Decimal;
  from: readonly InputKey[];
}

export const ECONOMICS_LINES = [
  {
    id: "time",
    side: "benefit",
    of: ({ benefits }) => benefits.time,
    from: ["hoursSaved", "realisation", "developerRate"],
  },
  {
    id: "reviewSpared",
    side: "benefit",
    of: ({ benefits }) => benefits.review,
    from: ["humanReviewHours", "reviewerRate"],
  },
  {
    id: "reworkSpared",
    side: "benefit",
    of: ({ benefits }) => benefits.rework,
    from: ["baselineReworkRate", "hoursPerRework", "developerRate"],
  },
  {
    id: "rollbackSpared",
    side: "benefit",
    of: ({ benefits }) => benefits.rollback,
    from: ["baselineRollbackRate", "hoursPerRollback", "developerRate", "incidentShare", "incidentCost"],
  },
  { id: "api", side: "cost", of: ({ costs }) => costs.api, from: ["apiCost"] },
  { id: "ci", side: "cost", of: ({ costs }) => costs.ci, from: ["ciCost"] },
  { id: "review", side: "cost", of: ({ costs }) => costs.review, from: ["oversightHours", "reviewerRate"] },
  {
    id: "rework",
    side: "cost",
    of: ({ costs }) => costs.rework,
    from: ["reworkRate", "hoursPerRework", "developerRate"],
  },
  {
    id: "rollback",
    side: "cost",
    of: ({ costs }) => costs.rollback,
    from: ["rollbackRate", "hoursPerRollback", "developerRate", "incidentShare", "incidentCost"],
  },
  { id: "contracts", side: "fixed", of: ({ fixed }) => fixed.contracts, from: ["fixedMonthly"] },
  { id: "seats", side: "fixed", of: ({ fixed }) => fixed.seats, from: ["seats", "seatPrice"] },
  { id: "governance", side: "fixed", of: ({ fixed }) => fixed.governance, from: ["governanceHours", "governanceRate"] },
] as const satisfies readonly EconomicsLine[];
export type EconomicsLineId = (typeof ECONOMICS_LINES)[number]["id"];

/** Of everything that a month at full volume adds up, the part that rests on inputs that are assumed; 0..1. */
export function assumedShare(economics: UnitEconomics, volume: Decimal, isAssumed: (key: InputKey) => boolean): number {
  let [all, assumed] = [new Decimal(0), new Decimal(0)];
  for (const { from, of, side } of ECONOMICS_LINES) {
    const amount = of(economics).abs();
    const monthly = side === "fixed" ? amount : amount.times(volume);
    all = all.plus(monthly);
    if (from.some(isAssumed)) assumed = assumed.plus(monthly);
  }
  return all.isZero() ? 0 : assumed.div(all).toNumber();
}
