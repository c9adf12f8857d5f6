import { type PageScope, requestOver } from "@/components/filters/page-scope";
import { moneyRequest } from "@/components/reports/roi/roi-requests";
import type { MetricsRequest } from "@/lib/metrics/types";

/** The key figures of the page, in their order. */
export const COST_CARDS = ["cost_per_pr", "cost_per_safe_pr", "agent_prs_merged"] as const;

/** Everything that the page asks the metrics for at once. */
export function costRequests(scope: PageScope) {
  const own = { ...scope, filters: moneyRequest(scope).filters };
  return {
    totals: requestOver(own, { metrics: [...COST_CARDS], groupBy: [], compare: true }),
    course: requestOver(own, { metrics: [...COST_CARDS], groupBy: [], grain: "month" }),
    team: requestOver(own, { metrics: ["cost_per_pr", "cost_per_safe_pr"], groupBy: ["team"] }),
  } satisfies Record<string, MetricsRequest>;
}
