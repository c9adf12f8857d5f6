import { type PageScope, requestOver } from "@/components/filters/page-scope";
import { agentsIn } from "@/components/reports/measures/measure-page";
import type { MetricsRequest } from "@/lib/metrics/types";

/** How much each team gets done, and how often it goes to production. */
export const THROUGHPUT_METRICS = [
  "prs_merged_week",
  "prs_per_engineer_week",
  "features_per_engineer_week",
  "commits_per_day",
  "deployment_frequency",
] as const;

/** What is open is told apart by repository and its owner alone. */
function ofRepositories(scope: PageScope): PageScope {
  const { org, repo, team } = scope.filters;
  return { ...scope, filters: { ...(org && { org }), ...(repo && { repo }), ...(team && { team }) } };
}

/** What the section asks for at once: of everybody's work, unless the reader chose whose. */
export function throughputRequests(scope: PageScope) {
  return {
    team: requestOver(scope, { metrics: [...THROUGHPUT_METRICS], groupBy: ["team"] }),
    open: requestOver(ofRepositories(scope), { metrics: ["open_pr_age"], groupBy: [] }),
    openRepos: requestOver(ofRepositories(scope), { metrics: ["open_pr_age"], groupBy: ["repo"] }),
    equivalent: requestOver(agentsIn(scope), { metrics: ["human_equivalent_devs"], groupBy: [] }),
    kind: requestOver(scope, { metrics: ["prs_per_engineer_week"], groupBy: ["authorKind"] }),
  } satisfies Record<string, MetricsRequest>;
}
