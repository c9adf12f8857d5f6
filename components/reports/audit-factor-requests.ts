import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { MetricsRequest } from "@/lib/metrics/types";

export const AUDIT_FACTOR = "audit_factor";

/** What the panel asks for: the factor of all, and by team. */
export function auditFactorRequests(scope: PageScope) {
  const ask = (groupBy: MetricsRequest["groupBy"]) => requestOver(scope, { metrics: [AUDIT_FACTOR], groupBy });
  return { factor: ask([]), factorByTeam: ask(["team"]) } satisfies Record<string, MetricsRequest>;
}
