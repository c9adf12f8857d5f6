import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { MetricsRequest } from "@/lib/metrics/types";

export const ATTRIBUTION_METRICS = ["attribution_strong_share", "attribution_weak_share"] as const;

/** What the page asks of how sure authorship is; its filters choose repositories alone. */
export function attributionRequests(scope: PageScope) {
  const { org, repo } = scope.filters;
  const own = { ...scope, filters: { ...(org !== undefined && { org }), ...(repo !== undefined && { repo }) } };
  const metrics = [...ATTRIBUTION_METRICS];
  return {
    months: requestOver(own, { metrics, groupBy: [], grain: "month" }),
    repos: requestOver(own, { metrics, groupBy: ["repo"] }),
  } satisfies Record<string, MetricsRequest>;
}
