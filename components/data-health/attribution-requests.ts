import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { MetricsRequest } from "@/lib/metrics/types";

export const ATTRIBUTION_METRICS = ["attribution_strong_share", "attribution_weak_share"] as const;

const YEAR_MS = 365 * 86_400_000;

/** What the page asks of how sure authorship is; its filters choose repositories alone, and it has no period. */
export function attributionRequests(scope: PageScope) {
  const { org, repo } = scope.filters;
  const filters = { ...(org !== undefined && { org }), ...(repo !== undefined && { repo }) };
  const from = new Date(Date.parse(scope.period.to) - YEAR_MS).toISOString();
  const own = { ...scope, filters, period: { ...scope.period, from } };
  const metrics = [...ATTRIBUTION_METRICS];
  return {
    months: requestOver(own, { metrics, groupBy: [], grain: "month" }),
    repos: requestOver(own, { metrics, groupBy: ["repo"] }),
  } satisfies Record<string, MetricsRequest>;
}
