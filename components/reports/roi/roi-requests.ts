import { type PageScope, requestOver } from "@/components/filters/page-scope";
import { agentsIn } from "@/components/reports/measures/measure-page";
import type { MoneyRequest } from "@/lib/metrics/money/types";
import type { MetricsRequest } from "@/lib/metrics/types";

/** The key figures of the page, in their order. */
export const ROI_CARDS = [
  "npv",
  "roi_pct",
  "breakeven_volume",
  "payback_month",
  "cost_per_pr",
  "cost_per_safe_pr",
] as const;

/** What money can be told apart by; the other filters of the URL do not narrow these pages. */
function moneyFilters({ filters: { org, team } }: PageScope): MoneyRequest["filters"] {
  return { ...(org && { org }), ...(team && { team }) };
}

/** What the models and the costs of a page are asked. */
export function moneyRequest(scope: PageScope): MoneyRequest {
  const { period, timeZone } = scope;
  return { from: period.from, to: period.to, timeZone, filters: moneyFilters(scope) };
}

/** Everything that the page ROI asks the metrics for at once. */
export function roiRequests(scope: PageScope) {
  const own = { ...scope, filters: moneyFilters(scope) };
  return {
    totals: requestOver(own, { metrics: [...ROI_CARDS], groupBy: [] }),
    /** What the table of teams is as a file. */
    team: requestOver(own, {
      metrics: ["breakeven_volume", "npv", "roi_pct", "irr", "payback_month", "cost_per_pr", "cost_per_safe_pr"],
      groupBy: ["team"],
    }),
    equivalent: requestOver(agentsIn(own), { metrics: ["human_equivalent_devs"], groupBy: [] }),
    course: requestOver(own, { metrics: ["cost_per_pr", "cost_per_safe_pr"], groupBy: [], grain: "month" }),
  } satisfies Record<string, MetricsRequest>;
}
