import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { MetricFilters, MetricsRequest } from "@/lib/metrics/types";

/** The key figures of the page, in their order. */
export const ADOPTION_CARDS = [
  "adoption_rate",
  "ai_share_prs",
  "agent_prs_merged",
  "prs_per_engineer_week",
  "acceptance_rate",
] as const;

/** Metrics whose change with a rollout can be looked at: they are of everybody's work. */
export const EFFECT_METRICS = [
  "prs_per_engineer_week",
  "stage_pickup",
  "stage_review",
  "cycle_time_total",
  "rollback_rate_7d",
  "defect_density_90d",
  "review_hours_per_pr",
] as const;

/** What people can be told apart by; the other filters of the URL do not narrow this page. */
function peopleFilters({ filters: { agent, org, team } }: PageScope): MetricFilters {
  return { ...(org && { org }), ...(team && { team }), ...(agent && { agent }) };
}

/** The same for what is about teams alone. */
export function rolloutFilters({ filters: { org, team } }: PageScope): MetricFilters {
  return { ...(org && { org }), ...(team && { team }) };
}

/** Everything that the page asks the metrics for at once. */
export function adoptionRequests(scope: PageScope) {
  const own = { ...scope, filters: peopleFilters(scope) };
  return {
    totals: requestOver(own, { metrics: [...ADOPTION_CARDS], groupBy: [], compare: true }),
    course: requestOver(own, { metrics: [...ADOPTION_CARDS], groupBy: [], grain: scope.period.grain }),
    team: requestOver(own, { metrics: ["adoption_rate"], groupBy: ["team"] }),
    agent: requestOver(own, { metrics: ["adoption_rate"], groupBy: ["agent"] }),
    kind: requestOver(own, { metrics: ["prs_per_engineer_week"], groupBy: ["authorKind"] }),
  } satisfies Record<string, MetricsRequest>;
}
