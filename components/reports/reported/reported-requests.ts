import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { MetricsRequest } from "@/lib/metrics/types";

export const REPORTED_METRICS = ["trust_score", "hours_saved_self_reported", "false_positive_rate"] as const;

/** Answers and reports are of teams: a filter by anything else would leave nothing. */
function ofTeams(scope: PageScope): PageScope {
  const { org, team } = scope.filters;
  return { ...scope, filters: { ...(org && { org }), ...(team && { team }) } };
}

/** What people said and tools reported. */
export function reportedRequests(scope: PageScope) {
  const own = ofTeams(scope);
  const metrics = [...REPORTED_METRICS];
  return {
    reported: requestOver(own, { metrics, groupBy: [], compare: true }),
    reportedCourse: requestOver(own, { metrics, groupBy: [], grain: "month" }),
    reportedTeams: requestOver(own, { metrics: ["trust_score", "hours_saved_self_reported"], groupBy: ["team"] }),
  } satisfies Record<string, MetricsRequest>;
}
