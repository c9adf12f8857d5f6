import { toMajor } from "@/lib/core/money";
import { ledgerHash } from "@/lib/metrics/closes/ledger-hash";
import type { RoiReport } from "@/lib/metrics/money/read-report";
import { type GroupModel, runMix, valuesOf } from "@/lib/metrics/money/types";
import { type ModelResult, runModel } from "@/lib/roi/engine/run-model";

/** What a model comes to: amounts in major units and everything else as decimal text, so that nothing is rounded by a reader. */
function answersOf(result: ModelResult, currency: string) {
  const major = (minor: ModelResult["steadyNet"]) => toMajor(minor, currency).toFixed();
  const { breakEven, discountedPayback, economics, flows, internalRate, payback } = result;
  return {
    netPerMonth: major(result.steadyNet),
    netPresentValue: major(result.netPresentValue),
    returnOnInvestment: result.returnOnInvestment?.toFixed() ?? null,
    breakEvenVolume: breakEven?.volume.toFixed() ?? null,
    breakEvenReviewHours: result.breakEvenReviewHours?.toFixed() ?? null,
    breakEvenRealisation: result.breakEvenRealisation?.toFixed() ?? null,
    paybackMonths: payback?.fractional ?? null,
    discountedPaybackMonths: discountedPayback?.fractional ?? null,
    internalRatePerYear: internalRate?.annual ?? null,
    benefitPerPullRequest: economics.benefit.toFixed(),
    costPerPullRequest: economics.cost.toFixed(),
    fixedPerMonth: economics.fixedMonthly.toFixed(),
    months: flows.map((flow) => ({
      month: flow.month,
      pullRequests: flow.pullRequests.toFixed(),
      benefit: major(flow.benefit),
      variableCost: major(flow.variableCost),
      fixedCost: major(flow.fixedCost),
      investment: major(flow.investment),
      net: major(flow.net),
    })),
  };
}

/** The report as data: each model with its inputs, where they come from and what they come to. */
export function roiJson({ filters, lines, models, period }: RoiReport) {
  const { currency } = models.whole;
  const own = ({ inputs }: GroupModel) =>
    inputs === null || currency === null ? null : answersOf(runModel(valuesOf(inputs), currency), currency);
  const parts = models.parts.map(({ model }) => model);
  return {
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    timeZone: period.timeZone,
    filters,
    ...models,
    whole: {
      ...models.whole,
      answers:
        models.whole.inputs === null || currency === null
          ? null
          : answersOf(runMix(models.whole, parts, currency), currency),
    },
    parts: models.parts.map((part) => ({ ...part, model: { ...part.model, answers: own(part.model) } })),
    paid: { lines: lines.length, sha256: ledgerHash(lines) },
  };
}
