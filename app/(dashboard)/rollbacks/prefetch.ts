import type { QueryClient } from "@tanstack/react-query";
import type { PageScope } from "@/components/filters/page-scope";
import { queryKeys } from "@/components/query/query-keys";
import type { RollbackWindow } from "@/components/reports/windows";
import { loadMetrics, loadRollbackComparison, loadRollbackCurve } from "@/lib/metrics/loaders";
import { comparesKinds, comparisonRequest, curveRequest, rollbacksRequests } from "./requests";

/** Answers on the server what is painted first; the trend, the tables and the lists below are asked by the browser. */
export async function prefetchRollbacks(
  client: QueryClient,
  scope: PageScope,
  { window }: { window: RollbackWindow },
): Promise<void> {
  const sideBySide = comparesKinds(scope);
  const curve = curveRequest(scope);
  const comparison = comparisonRequest(scope, window);
  const { agents, peopleTasks, tasks, totals } = rollbacksRequests(scope);
  await Promise.all([
    ...[totals, tasks, agents, ...(sideBySide ? [peopleTasks] : [])].map((request) =>
      client.prefetchQuery({ queryKey: queryKeys.metrics(request), queryFn: () => loadMetrics(request) }),
    ),
    client.prefetchQuery({ queryKey: queryKeys.curve(curve), queryFn: () => loadRollbackCurve(curve) }),
    ...(sideBySide
      ? [
          client.prefetchQuery({
            queryKey: queryKeys.comparison(comparison),
            queryFn: () => loadRollbackComparison(comparison),
          }),
        ]
      : []),
  ]);
}
