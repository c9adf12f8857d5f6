import { expect, it } from "vitest";
import type { MetricRow } from "@/lib/metrics/types";
import { metricRow } from "@/tests/factories/metric-row";
import { CARD_METRICS, chooseCards } from "./cards";

const known = metricRow({ value: 1, n: 40 });
const untold = metricRow({ value: null, n: 0, excluded: { unknown_reviews: 40 } });
const choose = (rows: Record<string, MetricRow>) => chooseCards((metric) => rows[metric] ?? known);

it("shows what the page is about where all of it is told", () => {
  expect(choose({})).toEqual(CARD_METRICS);
});

it("puts what a clone tells of in the place of what nobody tells of", () => {
  const rows = { cycle_time_total: untold, pr_rework_rate: untold, defect_density_30d: untold };
  expect(choose(rows)).toEqual([
    "agent_prs_merged",
    "ai_share_prs",
    "rollback_rate_24h",
    "ai_share_lines",
    "rollback_rate_7d",
    "effective_safe_prs",
  ]);
  expect(choose({ ...rows, ai_share_lines: untold })[3]).toBe("effective_safe_prs");
  expect(choose({ ...rows, ai_share_lines: untold })[5]).toBe("defect_density_30d");
});

it("keeps what is too young, and what there are no pull requests for", () => {
  const young = metricRow({ value: null, n: 0, immature: 12 });
  const none = metricRow({ value: null, n: 0, excluded: {} });
  expect(choose({ defect_density_30d: young, pr_rework_rate: none })).toEqual(CARD_METRICS);
});
