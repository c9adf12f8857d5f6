import { z } from "zod";
import { Decimal } from "@/lib/core/decimal";
import { internalRate, monthlyRate, payback, presentValue } from "@/lib/roi/engine/discounting";
import { type InputKey, type ModelInputs, NEUTRAL_INPUTS } from "@/lib/roi/engine/inputs";
import { runModel } from "@/lib/roi/engine/run-model";
import { tornado } from "@/lib/roi/engine/tornado";
import { unitCosts } from "@/lib/roi/engine/unit-costs";
import {
  inputsOf001,
  type PublishedMonth,
  ROLLED_BACK_001,
  SCENARIOS_001,
  UNREVIEWED_001,
} from "@/lib/roi/published/source-001";
import { readGoldenCases } from "./case";

const value = z.union([z.number(), z.string()]).transform(String);
const MONEY = "USD";
const number = (amount: Decimal | null | undefined) => (amount ? amount.toNumber() : null);

const scenarioInputs = z.union([
  z.object({ scenario: z.enum(["A", "B", "C"]), phi: value }),
  z.object({ devs: value, repos: value, prs: value, api: value, review_h: value, rate: value, saved_h: value }),
]);

/** What the published month comes to, through the engine that the pages use. */
function scenario(inputs: unknown) {
  const parsed = scenarioInputs.parse(inputs);
  if ("scenario" in parsed) {
    const published = inputsOf001(SCENARIOS_001[parsed.scenario]);
    const result = runModel({ ...published, realisation: parsed.phi }, MONEY);
    return {
      breakeven_review_hours: number(result.breakEvenReviewHours),
      net: result.steadyNet.div(100).toNumber(),
      contribution_per_pr: number(result.economics.contribution),
      breakeven_prs: number(result.breakEven?.volume),
    };
  }
  const month: PublishedMonth = {
    developers: parsed.devs,
    repositories: parsed.repos,
    pullRequests: parsed.prs,
    api: parsed.api,
    reviewHours: parsed.review_h,
    rate: parsed.rate,
    savedHours: parsed.saved_h,
  };
  const published = inputsOf001(month);
  const result = runModel(published, MONEY);
  const { economics } = result;
  const prs = new Decimal(month.pullRequests);
  const api = new Decimal(month.api).div(prs);
  const perRequest = runModel({ ...published, fixedMonthly: "0", apiCost: api.toString() }, MONEY);
  const cost = economics.cost.times(prs).plus(economics.fixedMonthly);
  const benefit = economics.benefit.times(prs);
  const perCost = unitCosts({ cost, merged: prs, safeRate: new Decimal(1).minus(ROLLED_BACK_001) });
  const reviewMinutes = new Decimal(published.oversightHours).times(60);
  return {
    cost: cost.toNumber(),
    benefit: benefit.toNumber(),
    net: result.steadyNet.div(100).toNumber(),
    roi_pct: benefit.minus(cost).div(cost).times(100).toNumber(),
    hours_saved_per_pr: Number(published.hoursSaved),
    review_hours_per_pr: Number(published.oversightHours),
    review_minutes_per_pr: reviewMinutes.toNumber(),
    api_per_pr: api.toNumber(),
    cost_per_pr: number(perCost.perPullRequest),
    cost_per_safe_pr_at_16pct: number(perCost.perSafePullRequest),
    contribution_per_pr_api_fixed: economics.contribution.toNumber(),
    breakeven_prs_api_fixed_exact: number(result.breakEven?.exact),
    breakeven_prs_api_fixed: number(result.breakEven?.volume),
    contribution_per_pr_api_variable: perRequest.economics.contribution.toNumber(),
    breakeven_prs_api_variable: number(perRequest.breakEven?.volume),
    breakeven_review_hours: number(result.breakEvenReviewHours),
    breakeven_realisation: number(result.breakEvenRealisation),
    net_at_realisation_0_5: runModel({ ...published, realisation: "0.5" }, MONEY)
      .steadyNet.div(100)
      .toNumber(),
    prs_per_dev: prs.div(month.developers).toNumber(),
    prs_per_repo: prs.div(month.repositories).toNumber(),
    hours_saved_per_dev: new Decimal(month.savedHours).div(month.developers).toNumber(),
    review_minutes_per_reviewed_pr_if_88pct_auto: reviewMinutes.div(new Decimal(1).minus(UNREVIEWED_001)).toNumber(),
  };
}

/** The letters of metrics.md 3.1 and what the engine calls them. */
const LETTERS: Readonly<Record<string, InputKey>> = {
  V: "pullRequestsPerMonth",
  ramp: "rampMonths",
  hs: "hoursSaved",
  phi: "realisation",
  wd: "developerRate",
  wr: "reviewerRate",
  wg: "governanceRate",
  hr: "oversightHours",
  hr0: "humanReviewHours",
  rho_a: "reworkRate",
  rho_0: "baselineReworkRate",
  hw: "hoursPerRework",
  Ra: "rollbackRate",
  R0: "baselineRollbackRate",
  hb: "hoursPerRollback",
  q: "incidentShare",
  cinc: "incidentCost",
  capi: "apiCost",
  cci: "ciCost",
  F: "fixedMonthly",
  seats: "seats",
  seat: "seatPrice",
  gov_h: "governanceHours",
  K0: "oneOff",
  j_devs: "dipDevelopers",
  j_salary: "dipSalary",
  j_drop: "dipShare",
  j_months: "dipMonths",
  annual: "discountRate",
  H: "horizonMonths",
};

/** What the engine calls a letter of the specification. */
export const inputKey = (letter: string): InputKey => {
  const key = LETTERS[letter];
  if (key === undefined) throw new Error(`The model has no input ${letter}`);
  return key;
};

const modelInputs = (raw: unknown): ModelInputs => ({
  ...NEUTRAL_INPUTS,
  ...Object.fromEntries(
    Object.entries(z.record(z.string(), value).parse(raw)).map(([letter, text]) => [inputKey(letter), text]),
  ),
});

const tornadoInputs = z.object({ base: z.string(), ranges: z.record(z.string(), z.tuple([value, value])) });

function model(raw: unknown) {
  const ranges = tornadoInputs.safeParse(raw);
  if (ranges.success) return swings(ranges.data);
  const result = runModel(modelInputs(raw), MONEY);
  const { economics, flows } = result;
  return {
    benefit_per_pr: economics.benefit.toNumber(),
    variable_cost_per_pr: economics.cost.toNumber(),
    contribution_per_pr: economics.contribution.toNumber(),
    fixed_monthly: economics.fixedMonthly.toNumber(),
    breakeven_prs_exact: number(result.breakEven?.exact),
    breakeven_prs: number(result.breakEven?.volume),
    month1_net_cents: number(flows[1]?.net),
    month6_net_cents: number(flows[6]?.net),
    steady_net_cents: result.steadyNet.toNumber(),
    sum_net_cents: result.totalNet.toNumber(),
    npv_cents: result.netPresentValue.toNumber(),
    pv_benefit_cents: result.presentBenefit.toNumber(),
    pv_cost_cents: result.presentCost.toNumber(),
    roi_pv_pct: number(result.returnOnInvestment?.times(100)),
    irr_monthly: result.internalRate?.monthly ?? null,
    irr_annual: result.internalRate?.annual ?? null,
    payback: result.payback,
    discounted_payback: result.discountedPayback,
  };
}

function swings({ base, ranges }: z.infer<typeof tornadoInputs>) {
  const found = readGoldenCases().find(({ id }) => id === base);
  if (found === undefined) throw new Error(`There is no case ${base}`);
  const letterOf = new Map(Object.entries(LETTERS).map(([letter, key]) => [key, letter]));
  const byKey = Object.fromEntries(Object.entries(ranges).map(([letter, range]) => [inputKey(letter), range]));
  return tornado(modelInputs(found.inputs), byKey, MONEY).map((swing) => {
    const letter = letterOf.get(swing.input) as string;
    // Whole volumes are numbers in the file.
    const told = (text: string) => (letter === "V" ? Number(text) : text);
    return {
      param: letter,
      low: told(swing.low),
      high: told(swing.high),
      npv_low_cents: swing.valueAtLow.toNumber(),
      npv_high_cents: swing.valueAtHigh.toNumber(),
      swing_cents: swing.swing.toNumber(),
    };
  });
}

const numbers = z.array(z.number());
const npvInputs = z.union([
  z.object({ cases: z.record(z.string(), numbers) }),
  z.object({ costs: numbers, benefits: numbers, rate: z.number() }),
  z.object({ cashflows: numbers, annual: z.number().optional() }),
  z.object({ annual: z.number() }),
]);

function discounting(inputs: unknown) {
  const parsed = npvInputs.parse(inputs);
  const decimals = (flows: readonly number[]) => flows.map((flow) => new Decimal(String(flow)));
  if ("cases" in parsed) {
    return Object.fromEntries(Object.entries(parsed.cases).map(([name, flows]) => [name, internalRate(flows)]));
  }
  if ("costs" in parsed) {
    const rate = new Decimal(String(parsed.rate));
    const [benefits, costs] = [
      presentValue(decimals(parsed.benefits), rate),
      presentValue(decimals(parsed.costs), rate),
    ];
    return {
      pv_costs: costs.toNumber(),
      pv_benefits: benefits.toNumber(),
      npv: benefits.minus(costs).toNumber(),
      roi_pct_rounded: benefits.minus(costs).div(costs).times(100).toDecimalPlaces(0).toNumber(),
    };
  }
  if (!("cashflows" in parsed)) {
    const annual = new Decimal(String(parsed.annual));
    return { monthly_effective: monthlyRate(annual).toNumber(), wrong_nominal: annual.div(12).toNumber() };
  }
  const flows = decimals(parsed.cashflows);
  const monthly = internalRate(parsed.cashflows);
  const worth =
    parsed.annual === undefined
      ? null
      : presentValue(flows, monthlyRate(new Decimal(String(parsed.annual)))).toNumber();
  return {
    npv: worth,
    npv_closed_form: worth,
    irr_monthly: monthly,
    irr_annual_effective: monthly === null ? null : (1 + monthly) ** 12 - 1,
    payback: payback(flows),
  };
}

/** The golden groups of the model: raw inputs in, the expected shape out. */
export const roiGroups: Record<string, (inputs: unknown) => unknown> = {
  npv: discounting,
  roi_scenario: scenario,
  roi_model: model,
};
