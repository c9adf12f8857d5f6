import { z } from "zod";
import { Decimal } from "@/lib/core/decimal";
import { earliestClose, fiscalPeriodOf } from "@/lib/core/fiscal-calendar";
import { allocateMinor, roundHalfUp } from "@/lib/core/money";
import { createRandom } from "@/lib/core/random";
import { internalRate, monthlyRate, payback, presentValue } from "@/lib/roi/engine/discounting";
import { type Distribution, quantileOf } from "@/lib/roi/engine/distributions";
import { type InputKey, type ModelInputs, NEUTRAL_INPUTS } from "@/lib/roi/engine/inputs";
import { monteCarlo } from "@/lib/roi/engine/monte-carlo";
import { runModel } from "@/lib/roi/engine/run-model";
import { lineAmount, tokenCost } from "@/lib/roi/engine/token-cost";
import { tornado } from "@/lib/roi/engine/tornado";
import { unitCosts } from "@/lib/roi/engine/unit-costs";
import { doraCalculator } from "@/lib/roi/published/dora-calculator";
import { CASE_ARTICLE, developersImplied, recomputeCaseArticle } from "@/lib/roi/published/source-000";
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

const inputKey = (letter: string): InputKey => {
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

const articleInputs = z.object({
  salary: value,
  uplift: value,
  stated_value: value,
  gpu: value,
  lic: value,
  support: value,
  rework: value,
  ttm: value,
  stated_net: value,
  hours_month: value,
});

/** What the article states of velocity, defects, requests and leaks. */
const ARTICLE = {
  commits: [8.4, 11.2],
  defects: [3.5, 2.9],
  commitsInTwoSprints: 1200,
  requestsASecond: 4.8,
  perInference: "0.02",
  workday: 8 * 3600,
  leak: 0.003,
  threeYears: "3600000",
} as const;

function caseArticle(inputs: unknown) {
  const parsed = articleInputs.parse(inputs);
  const article = {
    salary: parsed.salary,
    uplift: parsed.uplift,
    statedValue: parsed.stated_value,
    gpu: parsed.gpu,
    licences: parsed.lic,
    support: parsed.support,
    rework: parsed.rework,
    timeToMarket: parsed.ttm,
    statedNet: parsed.stated_net,
    hoursSavedPerMonth: parsed.hours_month,
    developers: CASE_ARTICLE.developers,
  };
  const result = recomputeCaseArticle(article);
  const change = ([before, after]: readonly [number, number]) => ((after - before) / before) * 100;
  const perInference = new Decimal(ARTICLE.perInference);
  const bought = new Decimal(article.gpu).div(perInference);
  return {
    value_25pct_of_salary: result.value.toNumber(),
    stated_value_as_pct_of_salary: result.statedShare.times(100).toNumber(),
    costs: result.costs.toNumber(),
    net_with_stated_48000: result.netAsStated.toNumber(),
    net_with_30000: result.net.toNumber(),
    hard_net_with_30000_excl_time_to_market: result.hardNet.toNumber(),
    hard_net_phi_0_5: result.hardNetHalfRealised.toNumber(),
    hourly_at_2080: result.hourly.toNumber(),
    value_of_32h_month_per_year: result.valueOfHours.toNumber(),
    stated_net_gap: result.gap.toNumber(),
    roi_pct_stated: result.statedReturn.times(100).toNumber(),
    roi_pct_with_30000: result.return.times(100).toNumber(),
    devs_implied_by_3_6M_at_48000: developersImplied(ARTICLE.threeYears, new Decimal(article.statedValue)).toNumber(),
    devs_implied_by_3_6M_at_52000: developersImplied(ARTICLE.threeYears, new Decimal(article.statedNet)).toNumber(),
    devs_implied_by_3_6M_at_30000: developersImplied(ARTICLE.threeYears, result.value).toNumber(),
    net_per_dev_if_costs_and_savings_are_for_25_devs_30000: result.netIfShared.toNumber(),
    commit_velocity_change_pct: change(ARTICLE.commits),
    defect_density_change_pct: change(ARTICLE.defects),
    days_for_1200_commits_at_11_2: ARTICLE.commitsInTwoSprints / ARTICLE.commits[1],
    inference_cost_per_dev_8h_day: perInference.times(String(ARTICLE.requestsASecond * ARTICLE.workday)).toNumber(),
    inferences_bought_by_10000_usd: bought.toNumber(),
    hours_of_one_dev_bought: bought.div(String(ARTICLE.requestsASecond)).div("3600").toNumber(),
    expected_leaks_per_dev_hour_at_0_3pct: ARTICLE.leak * ARTICLE.requestsASecond * 3600,
  };
}

const doraInputs = z
  .object({
    staff_size: value,
    salary: value,
    revenue: value,
    downtime_cost_per_hour: value,
    cur_dep: value,
    cur_feat: value,
    idea: value,
    rev_feat: value,
    cur_cfr: value,
    fdrt: value,
    time_saved: value,
    lic: value,
    add: value,
    infra: value,
    train: value,
    tgt_dep: value,
    tgt_feat: value,
    tgt_cfr: value,
    jdrop: value,
    jmonths: value,
  })
  .transform((raw) => ({
    staff: raw.staff_size,
    salary: raw.salary,
    revenue: raw.revenue,
    downtimeCostPerHour: raw.downtime_cost_per_hour,
    deployments: raw.cur_dep,
    features: raw.cur_feat,
    ideaSuccess: raw.idea,
    revenuePerFeature: raw.rev_feat,
    failRate: raw.cur_cfr,
    recoveryHours: raw.fdrt,
    timeSaved: raw.time_saved,
    licence: raw.lic,
    additionalLicence: raw.add,
    infrastructure: raw.infra,
    training: raw.train,
    targetDeployments: raw.tgt_dep,
    targetFeatures: raw.tgt_feat,
    targetFailRate: raw.tgt_cfr,
    dip: raw.jdrop,
    dipMonths: raw.jmonths,
  }));

const drawn = z.union([
  z.tuple([z.literal("triangular"), z.number(), z.number(), z.number()]),
  z.tuple([z.literal("beta"), z.number(), z.number()]),
  z.tuple([z.literal("lognormal_med_p90"), z.number(), z.number()]),
]);

function distributionOf(raw: z.infer<typeof drawn>): Distribution {
  if (raw[0] === "triangular") return { kind: "triangular", low: raw[1], mode: raw[2], high: raw[3] };
  if (raw[0] === "beta") return { kind: "beta", a: raw[1], b: raw[2] };
  return { kind: "lognormal", median: raw[1], p90: raw[2] };
}

/** The names of the group's inputs that vary. */
const DRAWN: Readonly<Record<string, InputKey>> = {
  hs: "hoursSaved",
  hr: "oversightHours",
  phi: "realisation",
  R: "rollbackRate",
  cinc: "incidentCost",
};

const uncertainInputs = z
  .object({
    seed: z.number(),
    n: z.number(),
    prs: value,
    rate: value,
    api: value,
    order: z.array(z.string()),
    hb: value,
    q: value,
  })
  .loose();

function uncertain(inputs: unknown) {
  const parsed = uncertainInputs.parse(inputs);
  const order = parsed.order.map((letter) => [letter, DRAWN[letter] ?? inputKey(letter)] as const);
  const uncertainty = Object.fromEntries(
    order.map(([letter, key]) => [key, distributionOf(drawn.parse(parsed[letter]))]),
  );
  const base = {
    ...NEUTRAL_INPUTS,
    pullRequestsPerMonth: parsed.prs,
    developerRate: parsed.rate,
    reviewerRate: parsed.rate,
    fixedMonthly: parsed.api,
    hoursPerRollback: parsed.hb,
    incidentShare: parsed.q,
  };
  const { net } = monteCarlo(base, uncertainty, {
    seed: parsed.seed,
    trials: parsed.n,
    order: order.map(([, key]) => key),
  });
  // The mean of a triangle is the mean of its corners; of the others it is known in closed form.
  const meanOf = (distribution: Distribution): number => {
    if (distribution.kind === "triangular") return (distribution.low + distribution.mode + distribution.high) / 3;
    if (distribution.kind === "beta") return distribution.a / (distribution.a + distribution.b);
    if (distribution.kind === "student") return distribution.value;
    const sigma = Math.log(distribution.p90 / distribution.median) / 1.2815515655446004;
    return distribution.median * Math.exp(sigma ** 2 / 2);
  };
  const means = Object.fromEntries(
    Object.entries(uncertainty).map(([key, distribution]) => [key, String(meanOf(distribution))]),
  );
  return {
    p10: net.p10,
    p50: net.p50,
    p90: net.p90,
    mean: net.mean,
    prob_net_positive: net.positive,
    analytic_mean: runModel({ ...base, ...means }, MONEY)
      .steadyNet.div(100)
      .toNumber(),
  };
}

function random(inputs: unknown) {
  const seeded = z.object({ seed: z.number() }).safeParse(inputs);
  if (seeded.success) {
    const next = createRandom(seeded.data.seed);
    const uint32 = Array.from({ length: 8 }, next);
    return { uint32, u: uint32.map((word) => (word + 0.5) / 2 ** 32) };
  }
  const { u } = z.object({ u: numbers }).parse(inputs);
  const along = (distribution: Distribution) => u.map(quantileOf(distribution));
  return {
    "triangular_0.2_0.5_0.6": along({ kind: "triangular", low: 0.2, mode: 0.5, high: 0.6 }),
    lognormal_med2000_p90_10000: along({ kind: "lognormal", median: 2000, p90: 10_000 }),
    beta_jeffreys_16_of_100: along({ kind: "beta", a: 16.5, b: 84.5 }),
  };
}

const moneyInputs = z.union([
  z.object({ values: z.array(z.string()) }),
  z.object({ total_minor: z.number(), weights: numbers }),
  z.object({
    inferences: value,
    unit_price_usd: value,
    tokens_in: value,
    tokens_out: value,
    usd_per_m_in: value,
    usd_per_m_out: value,
  }),
  z.object({ usd_per_m_in: value, usd_per_m_out: value }),
]);

function money(inputs: unknown) {
  const parsed = moneyInputs.parse(inputs);
  if ("values" in parsed) {
    return {
      half_up_away_from_zero: parsed.values.map((text) => roundHalfUp(text, 2)),
      half_even_for_contrast: parsed.values.map((text) =>
        new Decimal(text).toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN).toFixed(2),
      ),
    };
  }
  if ("weights" in parsed) return allocateMinor(BigInt(parsed.total_minor), parsed.weights.map(String)).map(Number);
  const prices = { pricePerMillionInput: parsed.usd_per_m_in, pricePerMillionOutput: parsed.usd_per_m_out };
  const cost = (input: string, output: string) => tokenCost({ input, output, ...prices });
  if ("inferences" in parsed) {
    return {
      inference_cost_minor: Number(lineAmount(parsed.inferences, parsed.unit_price_usd, MONEY)),
      api_cost_minor: Number(lineAmount("1", cost(parsed.tokens_in, parsed.tokens_out).toString(), MONEY)),
    };
  }
  // x of input and the rest of output come to 1.20: 15·0.3 − x·(15 − 3)/10⁶ = 1.20.
  const outputs = cost("0", "300000");
  const perToken = outputs.minus(cost("300000", "0")).div("300000");
  const input = outputs.minus("1.20").div(perToken);
  return {
    usd_50k_all_input: cost("50000", "0").toNumber(),
    usd_300k_all_input: cost("300000", "0").toNumber(),
    usd_300k_all_output: outputs.toNumber(),
    input_tokens_for_1_20_of_300k: input.toNumber(),
    output_tokens_for_1_20_of_300k: new Decimal("300000").minus(input).toNumber(),
  };
}

const fiscalInputs = z.union([
  z.object({ start_month: z.number(), dates: z.array(z.string()) }),
  z.object({ period_end_exclusive: z.string(), window_days: z.number(), settle_hours: z.number() }),
]);

function fiscal(inputs: unknown) {
  const parsed = fiscalInputs.parse(inputs);
  if ("dates" in parsed) {
    return parsed.dates.map((day) => {
      const { year, period } = fiscalPeriodOf(day, parsed.start_month);
      return { fy: year, period };
    });
  }
  const close = earliestClose(new Date(parsed.period_end_exclusive), parsed.window_days, parsed.settle_hours);
  return { earliest_close: close.toISOString().replace(".000Z", "Z") };
}

const costInputs = z.object({
  cost_minor: value,
  merged: value,
  mature_merged: value,
  mature_rolled_back: value,
});

function cost(inputs: unknown) {
  const parsed = costInputs.parse(inputs);
  const safeRate = new Decimal(1).minus(new Decimal(parsed.mature_rolled_back).div(parsed.mature_merged));
  const per = unitCosts({ cost: new Decimal(parsed.cost_minor), merged: new Decimal(parsed.merged), safeRate });
  return {
    cost_per_pr_minor: per.perPullRequest && roundHalfUp(per.perPullRequest, 2),
    safe_rate: safeRate.toNumber(),
    cost_per_safe_pr_minor: per.perSafePullRequest && roundHalfUp(per.perSafePullRequest, 2),
  };
}

/** The golden groups of money: raw inputs in, the expected shape out. */
export const roiGroups: Record<string, (inputs: unknown) => unknown> = {
  npv: discounting,
  roi_scenario: scenario,
  roi_model: model,
  source000: caseArticle,
  dora_roi_calculator: (inputs) => {
    const result = doraCalculator(doraInputs.parse(inputs));
    return {
      hard_costs: result.hardCosts.toNumber(),
      j_curve_cost: result.dipCost.toNumber(),
      investment: result.investment.toNumber(),
      value: result.value.toNumber(),
      benefit: result.benefit.toNumber(),
      roi_pct: result.return.times(100).toNumber(),
      payback_years: result.paybackYears.toNumber(),
    };
  },
  prng: random,
  monte_carlo: uncertain,
  money,
  fiscal,
  cost,
};
