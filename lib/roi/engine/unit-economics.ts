import { Decimal } from "@/lib/core/decimal";
import type { ModelTerms } from "./inputs";

/** What one merged pull request of agents brings and costs, by what it is; major units. */
export interface UnitEconomics {
  benefits: { time: Decimal; review: Decimal; rework: Decimal; rollback: Decimal };
  costs: { api: Decimal; ci: Decimal; review: Decimal; rework: Decimal; rollback: Decimal };
  /** b of metrics.md 3.2. */
  benefit: Decimal;
  /** v of metrics.md 3.2. */
  cost: Decimal;
  /** u = b − v. */
  contribution: Decimal;
  /** What a month costs however many are merged, by what it is. */
  fixed: { contracts: Decimal; seats: Decimal; governance: Decimal };
  fixedMonthly: Decimal;
}

const sum = (parts: Readonly<Record<string, Decimal>>): Decimal =>
  Object.values(parts).reduce((all, part) => all.plus(part), new Decimal(0));

/** Benefit, cost and contribution of one pull request, and what a month costs anyway (metrics.md 3.2). */
export function unitEconomics(terms: ModelTerms): UnitEconomics {
  const perRollback = terms.hoursPerRollback
    .times(terms.developerRate)
    .plus(terms.incidentShare.times(terms.incidentCost));
  const perRework = terms.hoursPerRework.times(terms.developerRate);
  const benefits = {
    time: terms.realisation.times(terms.hoursSaved).times(terms.developerRate),
    review: terms.humanReviewHours.times(terms.reviewerRate),
    rework: terms.baselineReworkRate.times(perRework),
    rollback: terms.baselineRollbackRate.times(perRollback),
  };
  const costs = {
    api: terms.apiCost,
    ci: terms.ciCost,
    review: terms.oversightHours.times(terms.reviewerRate),
    rework: terms.reworkRate.times(perRework),
    rollback: terms.rollbackRate.times(perRollback),
  };
  const fixed = {
    contracts: terms.fixedMonthly,
    seats: terms.seats.times(terms.seatPrice),
    governance: terms.governanceHours.times(terms.governanceRate),
  };
  const [benefit, cost] = [sum(benefits), sum(costs)];
  return {
    benefits,
    costs,
    benefit,
    cost,
    contribution: benefit.minus(cost),
    fixed,
    fixedMonthly: sum(fixed),
  };
}

/** Digits after which a quotient that should be whole may differ. */
const WHOLE_WITHIN = new Decimal("1e-24");

/**
 * Pull requests a month from which it pays: ⌈Fix / u⌉, and the quotient itself. 0 where nothing is fixed; null where
 * every pull request loses money, or brings nothing beside a cost that is fixed.
 */
export function breakEvenVolume(economics: UnitEconomics): { exact: Decimal; volume: Decimal } | null {
  if (!economics.contribution.isPositive() || economics.contribution.isZero()) return null;
  const exact = economics.fixedMonthly.div(economics.contribution);
  const nearest = exact.toDecimalPlaces(0);
  return { exact, volume: exact.minus(nearest).abs().lt(WHOLE_WITHIN) ? nearest : exact.ceil() };
}
