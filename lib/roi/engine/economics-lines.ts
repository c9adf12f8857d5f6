import { Decimal } from "@/lib/core/decimal";
import type { InputKey } from "./inputs";
import type { UnitEconomics } from "./unit-economics";

/** One thing that a pull request brings or costs, or that a month costs anyway, and the inputs that it is worked out from. */
export interface EconomicsLine {
  label: string;
  side: "benefit" | "cost" | "fixed";
  /** Major units; of one pull request, or of a month where it is fixed. */
  of: (economics: UnitEconomics) => Decimal;
  from: readonly InputKey[];
}

export const ECONOMICS_LINES = [
  {
    label: "Hours saved that count",
    side: "benefit",
    of: ({ benefits }) => benefits.time,
    from: ["hoursSaved", "realisation", "developerRate"],
  },
  {
    label: "Review that a person’s would have taken",
    side: "benefit",
    of: ({ benefits }) => benefits.review,
    from: ["humanReviewHours", "reviewerRate"],
  },
  {
    label: "Rework that a person’s would have taken",
    side: "benefit",
    of: ({ benefits }) => benefits.rework,
    from: ["baselineReworkRate", "hoursPerRework", "developerRate"],
  },
  {
    label: "Rollbacks that a person’s would have had",
    side: "benefit",
    of: ({ benefits }) => benefits.rollback,
    from: ["baselineRollbackRate", "hoursPerRollback", "developerRate", "incidentShare", "incidentCost"],
  },
  { label: "Models", side: "cost", of: ({ costs }) => costs.api, from: ["apiCost"] },
  { label: "Checks", side: "cost", of: ({ costs }) => costs.ci, from: ["ciCost"] },
  {
    label: "Review and delegation",
    side: "cost",
    of: ({ costs }) => costs.review,
    from: ["oversightHours", "reviewerRate"],
  },
  {
    label: "Rework",
    side: "cost",
    of: ({ costs }) => costs.rework,
    from: ["reworkRate", "hoursPerRework", "developerRate"],
  },
  {
    label: "Rollbacks",
    side: "cost",
    of: ({ costs }) => costs.rollback,
    from: ["rollbackRate", "hoursPerRollback", "developerRate", "incidentShare", "incidentCost"],
  },
  { label: "Contracts and infrastructure", side: "fixed", of: ({ fixed }) => fixed.contracts, from: ["fixedMonthly"] },
  { label: "Seats", side: "fixed", of: ({ fixed }) => fixed.seats, from: ["seats", "seatPrice"] },
  {
    label: "Governance",
    side: "fixed",
    of: ({ fixed }) => fixed.governance,
    from: ["governanceHours", "governanceRate"],
  },
] as const satisfies readonly EconomicsLine[];

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
