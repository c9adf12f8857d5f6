import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { RollbacksRequest } from "@/components/query/query-keys";
import { ROLLBACK_LIST_KINDS } from "@/components/reports/rollback-lists";
import type { MetricsRequest } from "@/lib/metrics/types";

/** The cards, in their order. */
export const CARD_METRICS = [
  "agent_prs_merged",
  "ai_share_prs",
  "ai_share_lines",
  "rollback_rate_24h",
  "rollback_rate_7d",
  "effective_safe_prs",
] as const;

/** Everything that the Overview asks for; the server prefetches the same requests that the view makes. */
export function overviewRequests(scope: PageScope) {
  const { grain } = scope.period;
  return {
    totals: requestOver(scope, { metrics: [...CARD_METRICS], groupBy: [], compare: true }),
    course: requestOver(scope, { metrics: [...CARD_METRICS], groupBy: [], grain }),
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
