import { Decimal } from "@/lib/core/decimal";
import { toMajor } from "@/lib/core/money";
import { seedOf } from "@/lib/core/random";
import type { MoneyFigure } from "@/lib/metrics/definitions/definition";
import { Z95 } from "@/lib/metrics/statistics/wilson";
import type { MetricRow } from "@/lib/metrics/types";
import { monteCarlo, TRIALS } from "@/lib/roi/engine/monte-carlo";
import { type ModelResult, runModel } from "@/lib/roi/engine/run-model";
import { unitCosts } from "@/lib/roi/engine/unit-costs";
import { type GroupModel, type Spending, uncertaintyOf, valuesOf } from "./types";

/** What a row says of a figure of money: a value and its limits, or why there is none. */
export type MoneyRow = Pick<MetricRow, "value" | "lo" | "hi" | "method" | "n" | "flags"> &
  Pick<MetricRow, "reason" | "currency">;

const WITHOUT: MoneyRow = { value: null, lo: null, hi: null, method: "none", n: null, flags: [] };

/** Trials behind the limits of one of many rows. */
const TRIALS_OF_GROUP = 1000;
const MONTE_CARLO = "monte-carlo";

/** The seed of a group's draws: of the same inputs they are the same everywhere. */
export const seedOfModel = (model: GroupModel): number => seedOf(JSON.stringify(model.inputs));

/** One figure of a model. */
export function moneyFigure(figure: MoneyFigure, model: GroupModel, results: ResultCache): MoneyRow {
  if (figure === "cost_per_pr" || figure === "cost_per_safe_pr") return costFigure(figure, model);
  const { currency, inputs, reason } = model;
  if (inputs === null || currency === null) return { ...WITHOUT, reason: reason ?? "no model" };
  const { result, spread } = results.of(model, currency);
  const base = WITHOUT;
  const major = (minor: Decimal) => toMajor(minor, currency).toNumber();
  switch (figure) {
    case "npv": {
      const { p10, p90 } = spread().presentValue;
      return { ...base, value: major(result.netPresentValue), lo: p10, hi: p90, method: MONTE_CARLO, currency };
    }
    case "roi_pct": {
      if (result.returnOnInvestment === null) return { ...base, reason: "nothing costs anything" };
      const { p10, p90 } = spread().returnOnInvestment;
      return { ...base, value: result.returnOnInvestment.toNumber(), lo: p10, hi: p90, method: MONTE_CARLO };
    }
    case "breakeven_volume": {
      if (result.breakEven === null)
        return { ...base, reason: `none: every pull request loses ${lossOf(result, currency)}` };
      const { p10, p90 } = spread().breakEven;
      return {
        ...base,
        value: result.breakEven.volume.toNumber(),
        lo: p10 === null || p90 === null ? null : p10,
        hi: p10 === null ? null : p90,
        method: p10 === null || p90 === null ? "none" : MONTE_CARLO,
      };
    }
    case "irr":
      if (result.internalRate === null) {
        return { ...base, reason: "none: the months do not change once from loss to gain" };
      }
      return { ...base, value: result.internalRate.annual };
    case "payback_month":
      if (result.payback === null) return { ...base, reason: `not within ${inputs.horizonMonths.value} months` };
      return { ...base, value: result.payback.fractional };
  }
}

const lossOf = ({ economics }: ModelResult, currency: string): string =>
  `${economics.contribution.abs().toDecimalPlaces(2).toFixed(2)} ${currency}`;

/** What the engine says of models, once for all figures of a group. */
export class ResultCache {
  /** @param isWhole there are no groups: as many draws as the page ROI makes of the same, by the same seed */
  constructor(private readonly isWhole: boolean) {}

  private readonly known = new Map<GroupModel, { result: ModelResult; spread: () => ReturnType<typeof monteCarlo> }>();

  of(model: GroupModel, currency: string) {
    let found = this.known.get(model);
    if (found === undefined) {
      const { inputs } = model;
      if (inputs === null) throw new Error("A model without inputs has no result");
      const values = valuesOf(inputs);
      let drawn: ReturnType<typeof monteCarlo> | null = null;
      found = {
        result: runModel(values, currency),
        spread: () => {
          drawn ??= monteCarlo(values, uncertaintyOf(inputs), {
            seed: seedOfModel(model),
            trials: this.isWhole ? TRIALS : TRIALS_OF_GROUP,
          });
          return drawn;
        },
      };
      this.known.set(model, found);
    }
    return found;
  }
}

function costFigure(figure: "cost_per_pr" | "cost_per_safe_pr", { currency, reason, spending }: GroupModel): MoneyRow {
  if (currency === null || spending === null) return { ...WITHOUT, reason: noCosts(reason) };
  const { isPartial, mature, merged, safe } = spending;
  const safeRate = mature === 0 ? null : new Decimal(safe).div(mature);
  const per = unitCosts({ cost: new Decimal(spending.total), merged: new Decimal(merged), safeRate });
  const value = figure === "cost_per_pr" ? per.perPullRequest : per.perSafePullRequest;
  if (value === null) {
    const why =
      merged === 0
        ? "no pull request of an agent was merged in this period"
        : mature === 0
          ? "too young: none was merged 7 days before the data end"
          : "no pull request is safe";
    return { ...WITHOUT, n: merged, reason: why };
  }
  const spread = relativeError(figure, spending);
  const amount = value.toNumber();
  return {
    ...WITHOUT,
    value: amount,
    n: merged,
    currency,
    ...(spread !== null && { lo: amount / spread, hi: amount * spread, method: "linearised" }),
    flags: isPartial ? ["lower_bound"] : [],
  };
}

/**
 * The factor of the 95 % interval, by the delta method on the logarithm: of how many were merged, as a number that happens by
 * chance, and of the safe rate as a proportion. What was paid is a booked sum and no sample.
 */
function relativeError(figure: "cost_per_pr" | "cost_per_safe_pr", { mature, merged, safe }: Spending): number | null {
  if (merged < 10) return null;
  const ofCount = 1 / merged;
  const ofRate = figure === "cost_per_safe_pr" && safe > 0 ? (mature - safe) / (safe * mature) : 0;
  return Math.exp(Z95 * Math.sqrt(ofCount + ofRate));
}

const noCosts = (reason: string | null): string =>
  reason !== null && !reason.startsWith("nobody has") ? reason : "no source tells of costs in this period";
