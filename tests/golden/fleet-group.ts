import { z } from "zod";
import { PUBLISHED_FIGURES } from "@/lib/metrics/benchmarks/published";
import { humanEquivalent } from "@/lib/metrics/statistics/human-equivalent";

const figure = (id: string) => {
  const found = PUBLISHED_FIGURES.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no published figure ${id}`);
  return found;
};
const change = (id: string): [before: number, after: number] => {
  const { after, before } = figure(id);
  if (before === null || after === null) throw new Error(`${id} compares nothing`);
  return [before, after];
};
const shares = (...ids: string[]) => ids.reduce((sum, id) => sum + figure(id).low, 0);

const HOURS_A_WEEK = 40;
/** What the source of 001 says of senior and mid-level engineers, and prints as its result. */
const SOURCE_001 = {
  printed: 136,
  senior: { prs: [8, 12], defects: 0.8, security: 0.1 },
  mid: { defects: 1.5 },
  agent: { prs: [50, 100], defects: 2.1, security: 0.4 },
  dollarsAnHour: 60,
  seniorCost: [15, 60],
  savedHours: 1000,
  savedFor: 2000,
  redeploy: [0, 88, 11],
} as const;

const fleetInputs = z.object({
  prs_week: z.number(),
  r24: z.number(),
  r7: z.number(),
  baseline_prs_dev_week: z.number(),
});

/** What the published figures of a fleet come to when they are worked out again. */
function fleetOfSource001(inputs: unknown) {
  const { baseline_prs_dev_week: baseline, prs_week: prs, r24, r7 } = fleetInputs.parse(inputs);
  const safe = prs * (1 - r7);
  const { gross } = humanEquivalent({ safePerWeek: safe, baseline, reviewHoursPerWeek: 0, hoursPerWeek: HOURS_A_WEEK });
  const { agent, mid, senior } = SOURCE_001;
  const agents = [prs / agent.prs[1], prs / agent.prs[0]] as const;
  const hoursEach = [HOURS_A_WEEK / senior.prs[1], HOURS_A_WEEK / senior.prs[0]] as const;
  return {
    safe_24h: prs * (1 - r24),
    safe_7d: safe,
    human_equivalent: gross,
    human_equivalent_source_prints: SOURCE_001.printed,
    agents_if_50_100_each: agents,
    devs_per_agent_implied: [gross / agents[1], gross / agents[0]],
    source_claims_devs_per_agent: [figure("001-31").low, figure("001-31").high],
    prs_per_month_52_12: (prs * 52) / 12,
    hours_per_pr_implied_by_136_devs: (gross * HOURS_A_WEEK) / safe,
    hours_saved_per_pr_in_scenarios_B_C: SOURCE_001.savedHours / SOURCE_001.savedFor,
    throughput_fleet_over_senior: senior.prs.toReversed().map((one) => prs / one),
    throughput_agent_over_senior: [agent.prs[0] / senior.prs[1], agent.prs[1] / senior.prs[0]],
    defect_ratio_senior: agent.defects / senior.defects,
    defect_ratio_mid: agent.defects / mid.defects,
    security_ratio_senior: agent.security / senior.security,
    senior_hours_per_pr_at_40h: hoursEach,
    senior_cost_per_pr_at_60: hoursEach.map((hours) => hours * SOURCE_001.dollarsAnHour),
    source_claims_senior_cost_per_pr: SOURCE_001.seniorCost,
  };
}

const netInputs = z.object({
  safe_prs_week: z.number(),
  baseline: z.number(),
  review_hours_week: z.number(),
  hours_per_dev_week: z.number(),
});
const growthInputs = z.object({ from: z.number(), to: z.number(), years: z.number() });

/** The group `fleet`: what published figures come to, by the figures that the product shows and its own formula. */
export function fleetGroup(inputs: unknown): unknown {
  const net = netInputs.safeParse(inputs);
  if (net.success) {
    return humanEquivalent({
      safePerWeek: net.data.safe_prs_week,
      baseline: net.data.baseline,
      reviewHoursPerWeek: net.data.review_hours_week,
      hoursPerWeek: net.data.hours_per_dev_week,
    });
  }
  const growth = growthInputs.safeParse(inputs);
  if (growth.success) return { cagr: (growth.data.to / growth.data.from) ** (1 / growth.data.years) - 1 };
  if (fleetInputs.safeParse(inputs).success) return fleetOfSource001(inputs);
  const [features, rework, failed] = [change("004-01"), change("004-02"), change("004-03")];
  return {
    source001_root_causes: shares("001-32", "001-33", "001-34", "001-35", "001-36", "001-37", "001-38"),
    source004_root_causes: shares("004-05", "004-06", "004-07", "004-08"),
    source003_redeploy: SOURCE_001.redeploy.reduce<number>((sum, share) => sum + share, 0),
    features_ratio: features[1] / features[0],
    rework_relative: rework[1] / rework[0] - 1,
    rework_pp: rework[1] - rework[0],
    cfr_relative: failed[1] / failed[0] - 1,
    abs_failures_ratio: (features[1] / features[0]) * (failed[1] / failed[0]),
  };
}
