import { parseAsStringLiteral } from "nuqs/server";
import { comparesKinds, type PageScope, requestOver } from "@/components/filters/page-scope";
import type { RankingRequest } from "@/components/query/query-keys";
import { agentsIn, peopleIn } from "@/components/reports/measures/measure-page";
import type { MetricDescriptor, MetricsRequest } from "@/lib/metrics/types";

/** What the table shows of each team, by what it is about. */
export const TEAM_FIGURES = {
  flow: ["prs_merged_week", "prs_per_engineer_week", "stage_pickup", "cycle_time_total"],
  agents: ["ai_share_prs", "adoption_rate", "acceptance_rate", "unreviewed_merge_rate"],
  review: ["pr_rework_rate", "first_pass_yield", "fix_loop_rounds", "review_hours_per_pr"],
  quality: ["rollback_rate_7d", "post_merge_rework_rate_21d", "defect_density_90d", "security_density_90d"],
  delivery: ["deployment_frequency", "change_fail_rate", "failed_deployment_recovery_time", "incidents_per_quarter"],
} as const;
export type TeamTopic = keyof typeof TEAM_FIGURES;
export const TEAM_TOPICS = Object.keys(TEAM_FIGURES) as TeamTopic[];
export const TOPIC_LABEL: Readonly<Record<TeamTopic, string>> = {
  flow: "Flow",
  agents: "Agents",
  review: "Review",
  quality: "Quality",
  delivery: "Delivery",
};

/** What can be drawn for each team over time. */
export const COURSES = [
  "prs_merged_week",
  "stage_pickup",
  "rollback_rate_7d",
  "pr_rework_rate",
  "ai_share_prs",
  "adoption_rate",
] as const;
export type TeamCourse = (typeof COURSES)[number];

/** Shares that teams can be put in order by. */
export const RANKED = [
  "rollback_rate_7d",
  "post_merge_rework_rate_21d",
  "pr_rework_rate",
  "first_pass_yield",
  "acceptance_rate",
  "unreviewed_merge_rate",
] as const;
export type RankedMetric = (typeof RANKED)[number];

export const topicParser = parseAsStringLiteral(TEAM_TOPICS).withDefault("flow");
export const courseParser = parseAsStringLiteral(COURSES).withDefault("rollback_rate_7d");
export const rankedParser = parseAsStringLiteral(RANKED).withDefault("rollback_rate_7d");

/** The figures of one topic for every team. */
export function topicRequest(scope: PageScope, topic: TeamTopic): MetricsRequest {
  return requestOver(scope, { metrics: [...TEAM_FIGURES[topic]], groupBy: ["team"] });
}

export function rankingRequest({ filters, period, timeZone }: PageScope, metric: RankedMetric): RankingRequest {
  return { metric, from: period.from, to: period.to, timeZone, filters };
}

/** Whether agents and people stand side by side in what is drawn: of shares of agents there is one line. */
export function hasBothKinds(
  scope: PageScope,
  { dimensions, id }: Pick<MetricDescriptor, "dimensions" | "id">,
): boolean {
  return comparesKinds(scope) && dimensions.includes("authorKind") && id !== "ai_share_prs";
}

/** One metric of every team over time, by month: of a team weeks hold too little. */
export function courseRequests(scope: PageScope, metric: TeamCourse, bothKinds: boolean) {
  const ask = { metrics: [metric], groupBy: ["team" as const], grain: "month" as const };
  return {
    first: requestOver(bothKinds ? agentsIn(scope) : scope, ask),
    people: requestOver(peopleIn(scope), ask),
  };
}
