import { Decimal } from "@/lib/core/decimal";

/**
 * What the model is made of (metrics.md 3.1), in the order in which the Monte Carlo draws. Amounts of money are major
 * units of one currency (dollars), rates and shares 0..1, and all of it is decimal text: no float touches money.
 */
export const INPUT_KEYS = [
  "pullRequestsPerMonth",
  "rampMonths",
  "hoursSaved",
  "realisation",
  "developerRate",
  "reviewerRate",
  "governanceRate",
  "oversightHours",
  "humanReviewHours",
  "reworkRate",
  "baselineReworkRate",
  "hoursPerRework",
  "rollbackRate",
  "baselineRollbackRate",
  "hoursPerRollback",
  "incidentShare",
  "incidentCost",
  "apiCost",
  "ciCost",
  "fixedMonthly",
  "seats",
  "seatPrice",
  "governanceHours",
  "oneOff",
  "dipDevelopers",
  "dipSalary",
  "dipShare",
  "dipMonths",
  "softMonthly",
  "discountRate",
  "horizonMonths",
] as const;
export type InputKey = (typeof INPUT_KEYS)[number];

/** One value of each input, as text. */
export type ModelInputs = Readonly<Record<InputKey, string>>;

/** The same as decimals. */
export type ModelTerms = Readonly<Record<InputKey, Decimal>>;

/** The inputs as decimals. */
export function termsOf(inputs: ModelInputs): ModelTerms {
  return Object.fromEntries(INPUT_KEYS.map((key) => [key, new Decimal(inputs[key])])) as unknown as ModelTerms;
}

/** What nobody has to say: nothing of it is money, or it is none (metrics.md 3.1). */
export const NEUTRAL_INPUTS: ModelInputs = {
  pullRequestsPerMonth: "0",
  rampMonths: "1",
  hoursSaved: "0",
  realisation: "1",
  developerRate: "0",
  reviewerRate: "0",
  governanceRate: "0",
  oversightHours: "0",
  humanReviewHours: "0",
  reworkRate: "0",
  baselineReworkRate: "0",
  hoursPerRework: "0",
  rollbackRate: "0",
  baselineRollbackRate: "0",
  hoursPerRollback: "0",
  incidentShare: "0",
  incidentCost: "0",
  apiCost: "0",
  ciCost: "0",
  fixedMonthly: "0",
  seats: "0",
  seatPrice: "0",
  governanceHours: "0",
  oneOff: "0",
  dipDevelopers: "0",
  dipSalary: "0",
  dipShare: "0",
  dipMonths: "0",
  softMonthly: "0",
  discountRate: "0.10",
  horizonMonths: "12",
};
