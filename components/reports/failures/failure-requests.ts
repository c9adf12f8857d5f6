import { type PageScope, requestOver } from "@/components/filters/page-scope";
import { agentsIn } from "@/components/reports/measures/measure-page";
import type { MetricsRequest } from "@/lib/metrics/types";

/** Why agent work failed, in the period and in the one before. */
export function failureRequests(scope: PageScope) {
  return {
    causes: requestOver(agentsIn(scope), { metrics: ["failure_root_cause"], groupBy: [], compare: true }),
  } satisfies Record<string, MetricsRequest>;
}
