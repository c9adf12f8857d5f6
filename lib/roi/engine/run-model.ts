import { Decimal } from "@/lib/core/decimal";
import { annualised, discounted, internalRate, monthlyRate, type Payback, payback, presentValue } from "./discounting";
import { type MonthlyFlow, monthlyFlows } from "./flows";
import { type ModelInputs, type ModelTerms, termsOf } from "./inputs";
import { breakEvenVolume, type UnitEconomics, unitEconomics } from "./unit-economics";

/** What the model says of one team or of the whole; amounts in minor units unless they are of one pull request. */
export interface ModelResult {
  economics: UnitEconomics;
  flows: MonthlyFlow[];
  /** A month at full volume, after what is learnt. */
  steadyNet: Decimal;
  totalNet: Decimal;
  netPresentValue: Decimal;
  presentBenefit: Decimal;
  presentCost: Decimal;
  /** (PV benefit − PV cost) / PV cost, 1 is 100 %; null where nothing costs anything. */
  returnOnInvestment: Decimal | null;
  /** Per month and per year; null unless the flows change their sign exactly once. */
  internalRate: { monthly: number; annual: number } | null;
  payback: Payback | null;
  discountedPayback: Payback | null;
  /** null: every pull request loses money. */
  breakEven: { exact: Decimal; volume: Decimal } | null;
  /** Hours of review a month at which a month at full volume neither gains nor loses; null without a rate. */
  breakEvenReviewHours: Decimal | null;
  /** Share of the saved hours that must count for it; null where no hours are saved. */
  breakEvenRealisation: Decimal | null;
}

const positiveOrNull = (value: Decimal): Decimal | null => (value.gt(0) ? value : null);

/** Works the model out (metrics.md 3.2). Exact but for the rates of return. */
export function runModel(inputs: ModelInputs, currency: string): ModelResult {
  const terms = termsOf(inputs);
  const economics = unitEconomics(terms);
  return resultOf(terms, economics, monthlyFlows(terms, economics, currency));
}

/** The answers of a model from its posted lines. */
export function resultOf(terms: ModelTerms, economics: UnitEconomics, flows: MonthlyFlow[]): ModelResult {
  const rate = monthlyRate(terms.discountRate);
  const worthOf = (amounts: readonly Decimal[]) => presentValue(amounts, rate).toDecimalPlaces(0);
  const nets = flows.map(({ net }) => net);
  const costs = flows.map((flow) => flow.variableCost.plus(flow.fixedCost).plus(flow.investment));
  const [presentBenefit, presentCost] = [worthOf(flows.map(({ benefit }) => benefit)), worthOf(costs)];
  const monthly = internalRate(nets.map(Number));
  const { contribution, benefits, costs: variable, fixedMonthly } = economics;
  const volume = terms.pullRequestsPerMonth;
  const steady = volume.times(contribution).minus(fixedMonthly);
  const timeBenefit = volume.times(benefits.time);
  const gross = terms.realisation.isZero()
    ? volume.times(terms.hoursSaved).times(terms.developerRate)
    : timeBenefit.div(terms.realisation);
  const lastFlow = flows.at(-1) as MonthlyFlow;
  return {
    economics,
    flows,
    steadyNet: lastFlow.net.plus(lastFlow.investment),
    totalNet: nets.reduce((total, net) => total.plus(net), new Decimal(0)),
    netPresentValue: worthOf(nets),
    presentBenefit,
    presentCost,
    returnOnInvestment: positiveOrNull(presentCost) && presentBenefit.minus(presentCost).div(presentCost),
    internalRate: monthly === null ? null : { monthly, annual: annualised(monthly) },
    payback: payback(nets),
    discountedPayback: payback(discounted(nets, rate)),
    breakEven: breakEvenVolume(economics),
    breakEvenReviewHours:
      positiveOrNull(terms.reviewerRate) && steady.plus(volume.times(variable.review)).div(terms.reviewerRate),
    breakEvenRealisation: positiveOrNull(gross) && timeBenefit.minus(steady).div(gross),
  };
}
