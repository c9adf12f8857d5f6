import { z } from "zod";
import { Decimal } from "@/lib/core/decimal";
import { doraCalculator } from "@/lib/roi/published/dora-calculator";
import { CASE_ARTICLE, developersImplied, recomputeCaseArticle } from "@/lib/roi/published/source-000";

const value = z.union([z.number(), z.string()]).transform(String);

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

/** The golden groups of what others have calculated: raw inputs in, the expected shape out. */
export const publishedGroups: Record<string, (inputs: unknown) => unknown> = {
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
};
