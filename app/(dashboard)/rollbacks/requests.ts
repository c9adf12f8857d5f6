import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { ComparisonRequest, CurveRequest } from "@/components/query/query-keys";
import type { RollbackWindow } from "@/components/reports/windows";
import type { MetricsRequest } from "@/lib/metrics/types";

const RATES = ["rollback_rate_24h", "rollback_rate_7d"];

/** Everything that the Rollbacks page asks of the metrics; the server prefetches the same requests that the view makes. */
export function rollbacksRequests(scope: PageScope) {
  const people: PageScope = { ...scope, filters: { ...scope.filters, authorKind: ["human"] } };
  const groupMetrics = ["agent_prs_merged", ...RATES];
  return {
    totals: requestOver(scope, { metrics: RATES, groupBy: [], compare: true }),
    tasks: requestOver(scope, { metrics: RATES, groupBy: ["category"] }),
    peopleTasks: requestOver(people, { metrics: RATES, groupBy: ["category"] }),
    agents: requestOver(scope, { metrics: groupMetrics, groupBy: ["agent"] }),
    teams: requestOver(scope, { metrics: groupMetrics, groupBy: ["team"] }),
    repositories: requestOver(scope, { metrics: groupMetrics, groupBy: ["repo"] }),
  } satisfies Record<string, MetricsRequest>;
}

/** The rates over time; people stand beside unless a filter already chose who is counted. */
export function trendRequests(scope: PageScope, grain: "week" | "month") {
  const people: PageScope = { ...scope, filters: { ...scope.filters, authorKind: ["human"] } };
  return {
    chosen: requestOver(scope, { metrics: RATES, groupBy: [], grain }),
    people: requestOver(people, { metrics: RATES, groupBy: [], grain }),
  };
}

export function curveRequest({ period, filters }: PageScope): CurveRequest {
  return { from: period.from, to: period.to, filters, groupBy: ["authorKind"] };
}

export function comparisonRequest({ period, filters }: PageScope, window: RollbackWindow): ComparisonRequest {
  return { from: period.from, to: period.to, filters, window };
}
