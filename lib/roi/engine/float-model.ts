import { INPUT_KEYS, type InputKey, type ModelInputs } from "./inputs";

/** The inputs as doubles: for thousands of trials, where a cent is far below what chance does. */
export type FloatTerms = Record<InputKey, number>;

/** A month at full volume, and all months of the plan discounted; major units. */
export interface FloatResult {
  net: number;
  presentValue: number;
  /** (benefit − cost) / cost, both discounted; 0 where nothing costs anything. */
  returnOnInvestment: number;
  /** Whole pull requests a month; infinite where every one loses money. */
  breakEven: number;
}

const MONTHS_A_YEAR = 12;

export function floatTermsOf(inputs: ModelInputs): FloatTerms {
  return Object.fromEntries(INPUT_KEYS.map((key) => [key, Number(inputs[key])])) as FloatTerms;
}

/** Discounted months of the plan: all of them, those of the dip, and the volumes as parts of the full one. */
interface Months {
  all: number;
  dip: number;
  volume: number;
}

function discountedMonths(terms: FloatTerms): Months {
  const growth = (1 + terms.discountRate) ** (1 / MONTHS_A_YEAR);
  const months = { all: 0, dip: 0, volume: 0 };
  let factor = 1;
  for (let month = 1; month <= terms.horizonMonths; month += 1) {
    factor /= growth;
    months.all += factor;
    if (month <= terms.dipMonths) months.dip += factor;
    months.volume += factor * Math.min(1, month / terms.rampMonths);
  }
  return months;
}

/**
 * The equations of metrics.md 3.2 in doubles, without rounding of lines: the same as the decimal engine but for fractions of
 * a cent a month, which a test holds.
 */
export function floatModel(): (terms: FloatTerms) => FloatResult {
  let [key, months] = ["", { all: 0, dip: 0, volume: 0 }];
  return (terms) => {
    const wanted = `${terms.discountRate} ${terms.horizonMonths} ${terms.dipMonths} ${terms.rampMonths}`;
    if (wanted !== key) [key, months] = [wanted, discountedMonths(terms)];
    const perRework = terms.hoursPerRework * terms.developerRate;
    const perRollback = terms.hoursPerRollback * terms.developerRate + terms.incidentShare * terms.incidentCost;
    const benefit =
      terms.realisation * terms.hoursSaved * terms.developerRate +
      terms.humanReviewHours * terms.reviewerRate +
      terms.baselineReworkRate * perRework +
      terms.baselineRollbackRate * perRollback;
    const cost =
      terms.oversightHours * terms.reviewerRate +
      terms.reworkRate * perRework +
      terms.rollbackRate * perRollback +
      terms.apiCost +
      terms.ciCost;
    const contribution = benefit - cost;
    const fixed = terms.fixedMonthly + terms.seats * terms.seatPrice + terms.governanceHours * terms.governanceRate;
    const dip = (terms.dipDevelopers * terms.dipSalary * terms.dipShare) / MONTHS_A_YEAR;
    const presentCost =
      terms.pullRequestsPerMonth * cost * months.volume + fixed * months.all + dip * months.dip + terms.oneOff;
    const presentValue = terms.pullRequestsPerMonth * benefit * months.volume - presentCost;
    return {
      net: terms.pullRequestsPerMonth * contribution - fixed,
      presentValue,
      returnOnInvestment: presentCost > 0 ? presentValue / presentCost : 0,
      // A quotient that should be whole is one, but for the last digits of a double.
      breakEven: contribution > 0 ? Math.ceil(fixed / contribution - 1e-9) : Number.POSITIVE_INFINITY,
    };
  };
}
