import { Decimal } from "@/lib/core/decimal";
import { type ModelInputs, NEUTRAL_INPUTS } from "../engine/inputs";

/** The case article's own terms (source 000), dollars per developer and year. */
export interface CaseArticle {
  salary: string;
  uplift: string;
  statedValue: string;
  gpu: string;
  licences: string;
  support: string;
  rework: string;
  timeToMarket: string;
  statedNet: string;
  hoursSavedPerMonth: string;
  developers: string;
}

export const CASE_ARTICLE: CaseArticle = {
  salary: "120000",
  uplift: "0.25",
  statedValue: "48000",
  gpu: "10000",
  licences: "5000",
  support: "3000",
  rework: "12000",
  timeToMarket: "8000",
  statedNet: "52000",
  hoursSavedPerMonth: "32",
  developers: "25",
};

const WORKING_HOURS = 2080;
const REALISATION = "0.5";

/** What the terms of the article give, beside what it states (metrics.md 3.7); the $52,000 does not follow from them. */
export function recomputeCaseArticle(article: CaseArticle) {
  const of = (value: string) => new Decimal(value);
  const value = of(article.salary).times(article.uplift);
  const costs = of(article.gpu).plus(article.licences).plus(article.support);
  const netWith = (worth: Decimal) => worth.plus(article.rework).plus(article.timeToMarket).minus(costs);
  const hardNet = (worth: Decimal) => worth.plus(article.rework).minus(costs);
  const hourly = of(article.salary).div(WORKING_HOURS);
  return {
    value,
    statedShare: of(article.statedValue).div(article.salary),
    costs,
    netAsStated: netWith(of(article.statedValue)),
    net: netWith(value),
    hardNet: hardNet(value),
    hardNetHalfRealised: hardNet(value.times(REALISATION)),
    hourly,
    valueOfHours: hourly.times(article.hoursSavedPerMonth).times(12),
    gap: of(article.statedNet).minus(netWith(of(article.statedValue))),
    statedReturn: of(article.statedNet).div(costs),
    return: netWith(value).div(costs),
    /** Where what it spends and saves is meant for all developers together. */
    netIfShared: value.plus(of(article.rework).plus(article.timeToMarket).minus(costs).div(article.developers)),
  };
}

/** How many developers three years of an amount come to. */
export function developersImplied(total: string, perDeveloper: Decimal): Decimal {
  return new Decimal(total).div(perDeveloper.times(3));
}

/**
 * The article as inputs of the model: a month of one developer stands for a pull request, what it saves of rework for rework
 * that people would have had, and time to market is soft.
 * @param spent what it spends and saves besides time is meant for each developer, or once for all of them
 */
export function inputsOfCaseArticle(article: CaseArticle, spent: "each" | "once"): ModelInputs {
  const of = (value: string) => new Decimal(value);
  const times = spent === "each" ? of(article.developers) : new Decimal(1);
  const hourly = of(article.salary).div(WORKING_HOURS);
  const monthly = (amount: Decimal) => amount.times(times).div(12);
  return {
    ...NEUTRAL_INPUTS,
    pullRequestsPerMonth: article.developers,
    developerRate: hourly.toString(),
    hoursSaved: of(article.uplift).times(WORKING_HOURS).div(12).toString(),
    baselineReworkRate: "1",
    hoursPerRework: monthly(of(article.rework)).div(article.developers).div(hourly).toString(),
    fixedMonthly: monthly(of(article.gpu).plus(article.licences).plus(article.support)).toString(),
    softMonthly: monthly(of(article.timeToMarket)).toString(),
    discountRate: "0",
  };
}
