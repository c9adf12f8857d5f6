import type { QueryClient } from "@tanstack/react-query";
import type { PageScope } from "@/components/filters/page-scope";
import { queryKeys } from "@/components/query/query-keys";
import { ROLLBACK_LISTS, type RollbackList, rollbackListRequest } from "@/components/reports/rollback-lists";
import type { RollbackWindow } from "@/components/reports/windows";
import { loadMetrics, loadRollbackComparison, loadRollbackCurve, loadRollbacks } from "@/lib/metrics/loaders";
import { comparesKinds, comparisonRequest, curveRequest, rollbacksRequests } from "./requests";

/** Answers on the server what the view is about to ask. */
export async function prefetchRollbacks(
  client: QueryClient,
  scope: PageScope,
  { window, list }: { window: RollbackWindow; list: RollbackList },
): Promise<void> {
  const curve = curveRequest(scope);
  const comparison = comparisonRequest(scope, window);
  await Promise.all([
    ...Object.values(rollbacksRequests(scope)).map((request) =>
      client.prefetchQuery({ queryKey: queryKeys.metrics(request), queryFn: () => loadMetrics(request) }),
    ),
    client.prefetchQuery({ queryKey: queryKeys.curve(curve), queryFn: () => loadRollbackCurve(curve) }),
    ...(comparesKinds(scope)
      ? [
          client.prefetchQuery({
            queryKey: queryKeys.comparison(comparison),
            queryFn: () => loadRollbackComparison(comparison),
          }),
        ]
      : []),
    ...ROLLBACK_LISTS.map((name) => {
      const request = rollbackListRequest(scope, name, list);
      return client.prefetchQuery({ queryKey: queryKeys.rollbacks(request), queryFn: () => loadRollbacks(request) });
    }),
  ]);
}
