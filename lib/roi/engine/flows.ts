import { Decimal } from "@/lib/core/decimal";
import { minorDigits } from "@/lib/core/money";
import type { ModelTerms } from "./inputs";
import type { UnitEconomics } from "./unit-economics";

/** One month of the plan as posted lines: minor units, each rounded once, halves away from zero. Month 0 is what is paid once. */
export interface MonthlyFlow {
  month: number;
  pullRequests: Decimal;
  benefit: Decimal;
  variableCost: Decimal;
  fixedCost: Decimal;
  /** What is paid once, and the dip in the months of learning. */
  investment: Decimal;
  net: Decimal;
}

const MONTHS_A_YEAR = 12;

/** Net[0] = −K0; Net[m] = V[m]·u − Fix − J[m] (metrics.md 3.2), with V[m] = V·min(1, m / ramp). */
export function monthlyFlows(terms: ModelTerms, economics: UnitEconomics, currency: string): MonthlyFlow[] {
  const scale = new Decimal(10).pow(minorDigits(currency));
  const posted = (amount: Decimal) => amount.times(scale).toDecimalPlaces(0);
  const horizon = terms.horizonMonths.toNumber();
  const dip = terms.dipDevelopers.times(terms.dipSalary).div(MONTHS_A_YEAR).times(terms.dipShare);
  const zero = new Decimal(0);
  const flow = (month: number, pullRequests: Decimal, lines: Omit<MonthlyFlow, "month" | "pullRequests" | "net">) => ({
    month,
    pullRequests,
    ...lines,
    net: lines.benefit.minus(lines.variableCost).minus(lines.fixedCost).minus(lines.investment),
  });
  const first = flow(0, zero, {
    benefit: zero,
    variableCost: zero,
    fixedCost: zero,
    investment: posted(terms.oneOff),
  });
  return [
    first,
    ...Array.from({ length: horizon }, (_, index) => {
      const month = index + 1;
      const ramp = terms.rampMonths.gt(month) ? new Decimal(month).div(terms.rampMonths) : new Decimal(1);
      const pullRequests = terms.pullRequestsPerMonth.times(ramp);
      return flow(month, pullRequests, {
        benefit: posted(pullRequests.times(economics.benefit)),
        variableCost: posted(pullRequests.times(economics.cost)),
        fixedCost: posted(economics.fixedMonthly),
        investment: terms.dipMonths.gte(month) ? posted(dip) : zero,
      });
    }),
  ];
}
