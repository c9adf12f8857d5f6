import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { RollbacksRequest } from "@/components/query/query-keys";
import { agentsIn } from "@/components/reports/measures/measure-page";
import { ROLLBACK_LIST_KINDS } from "@/components/reports/rollback-lists";
import type { MetricsRequest } from "@/lib/metrics/types";
import { CARD_METRICS, SHARE_METRICS, SPARE_CARD_METRICS } from "./cards";

/** Everything that the Overview asks for; the server prefetches the same requests that the view makes. */
export function overviewRequests(scope: PageScope) {
  const { grain } = scope.period;
  const shares: readonly string[] = SHARE_METRICS;
  const metrics = [...CARD_METRICS, ...SPARE_CARD_METRICS].filter((metric) => !shares.includes(metric));
  const agents = agentsIn(scope);
  return {
    totals: requestOver(agents, { metrics, groupBy: [], compare: true }),
    course: requestOver(agents, { metrics, groupBy: [], grain }),
    shares: requestOver(scope, { metrics: [...shares], groupBy: [], compare: true }),
    shareCourse: requestOver(scope, { metrics: [...shares], groupBy: [], grain }),
    kinds: requestOver(scope, { metrics: ["prs_merged_week"], groupBy: ["authorKind"], grain }),
    tasks: requestOver(scope, {
      metrics: ["rollback_rate_24h", "rollback_rate_7d", "task_mix"],
      groupBy: ["category"],
      compare: true,
    }),
    teams: requestOver(scope, {
      metrics: ["agent_prs_merged", "ai_share_prs", "rollback_rate_7d"],
      groupBy: ["team"],
      compare: true,
    }),
    repositories: requestOver(scope, { metrics: ["rollback_rate_7d"], groupBy: ["repo"], compare: true }),
    agents: requestOver(scope, {
      metrics: ["agent_prs_merged", "ai_share_prs", "rollback_rate_7d"],
      groupBy: ["agent"],
    }),
  } satisfies Record<string, MetricsRequest>;
}

/** The newest rollbacks of the period, by the day of the revert. */
export function latestRollbacksRequest(scope: PageScope): RollbacksRequest {
  const { from, to } = scope.period;
  return { from, to, filters: scope.filters, kind: ROLLBACK_LIST_KINDS.rolledBack, by: "revert", limit: 6 };
}
