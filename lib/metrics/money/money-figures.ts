import { Decimal } from "@/lib/core/decimal";
import { toMajor } from "@/lib/core/money";
import type { MoneyFigure } from "@/lib/metrics/definitions/definition";
import { Z95 } from "@/lib/metrics/statistics/wilson";
import type { MetricRow } from "@/lib/metrics/types";
import { type MonteCarlo, monteCarlo, TRIALS } from "@/lib/roi/engine/monte-carlo";
import type { ModelResult } from "@/lib/roi/engine/run-model";
import { unitCosts } from "@/lib/roi/engine/unit-costs";
import type { MixedModel } from "./mix-models";
import type { GroupModels } from "./money-models";
import { type GroupModel, runMix, type Spending, seedOfInputs, uncertaintyOf, valuesOf } from "./types";

/** What a row says of a figure of money: a value and its limits, or why there is none. */
export type MoneyRow = Pick<MetricRow, "value" | "lo" | "hi" | "method" | "n" | "flags"> &
  Pick<MetricRow, "reason" | "currency">;

const WITHOUT: MoneyRow = { value: null, lo: null, hi: null, method: "none", n: null, flags: [] };

/** Trials behind the limits of one of many rows. */
const TRIALS_OF_GROUP = 1000;

/** One figure of a model. */
export function moneyFigure(
  figure: MoneyFigure,
  { costIn, modelIn }: Pick<GroupModels, "costIn" | "modelIn">,
  bucket: number,
  results: ResultCache,
): MoneyRow {
  if (figure === "cost_per_pr" || figure === "cost_per_safe_pr") return costFigure(figure, costIn(bucket));
  const mixed = modelIn(bucket);
  const { currency, inputs, reason } = mixed.model;
  if (inputs === null || currency === null) return { ...WITHOUT, reason: reason ?? "no model" };
  const { result, spread } = results.of(mixed, currency);
  const row = { ...WITHOUT, ...valueFrom(figure, result, currency, inputs.horizonMonths.value) };
  if (row.value === null || !results.hasLimits) return row;
  const limits = limitsOf(figure, spread);
  return limits === null ? row : { ...row, ...limits, method: "monte-carlo" };
}

/** What the engine says, or why it says nothing. */
function valueFrom(
  figure: Exclude<MoneyFigure, "cost_per_pr" | "cost_per_safe_pr">,
  result: ModelResult,
  currency: string,
  horizon: string,
): Pick<MoneyRow, "value"> & Partial<MoneyRow> {
  const told = (value: number | null, reason: string) => (value === null ? { value, reason } : { value });
  switch (figure) {
    case "npv":
      return { value: toMajor(result.netPresentValue, currency).toNumber(), currency };
    case "roi_pct":
      return told(result.returnOnInvestment?.toNumber() ?? null, "nothing costs anything");
    case "breakeven_volume":
      return told(
        result.breakEven?.volume.toNumber() ?? null,
        `none: every pull request loses ${lossOf(result, currency)}`,
      );
    case "irr":
      return told(result.internalRate?.annual ?? null, "none: the months do not change once from loss to gain");
    case "payback_month":
      return told(result.payback?.fractional ?? null, `not within ${horizon} months`);
  }
}

/** The 10th and 90th percentile of the draws; null where there are none, or one is beyond all numbers. */
function limitsOf(figure: MoneyFigure, spread: () => MonteCarlo): { lo: number; hi: number } | null {
  const of = ({ p10, p90 }: { p10: number | null; p90: number | null }) =>
    p10 === null || p90 === null ? null : { lo: p10, hi: p90 };
  if (figure === "npv") return of(spread().presentValue);
  if (figure === "roi_pct") return of(spread().returnOnInvestment);
  return figure === "breakeven_volume" ? of(spread().breakEven) : null;
}

const lossOf = ({ economics }: ModelResult, currency: string): string =>
  `${economics.contribution.abs().toDecimalPlaces(2).toFixed(2)} ${currency}`;

/** What the engine says of models, once for all figures of a group. */
export class ResultCache {
  /** @param isWhole there are no groups: as many draws as the page ROI makes of the same, by the same seed */
  constructor(
    private readonly isWhole: boolean,
    /** Rows of a course have no limits: there are as many as weeks, and each would be drawn for. */
    readonly hasLimits: boolean,
  ) {}

  private readonly known = new Map<GroupModel, { result: ModelResult; spread: () => MonteCarlo }>();

  of({ model, parts }: MixedModel, currency: string) {
    let found = this.known.get(model);
    if (found === undefined) {
      const { inputs } = model;
      if (inputs === null) throw new Error("A model without inputs has no result");
      const values = valuesOf(inputs);
      let drawn: MonteCarlo | null = null;
      found = {
        result: runMix(model, parts, currency),
        spread: () => {
          drawn ??= monteCarlo(values, uncertaintyOf(inputs), {
            seed: seedOfInputs(inputs),
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
