import type { QueryClient } from "@tanstack/react-query";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { comparesKinds, type PageScope } from "@/components/filters/page-scope";
import { queryKeys } from "@/components/query/query-keys";
import { type RollbackDate, type RollbackList, rollbackListRequest } from "@/components/reports/rollback-lists";
import type { RollbackWindow } from "@/components/reports/windows";
import { loadRollbackComparison, loadRollbackCurve, loadRollbacks } from "@/lib/metrics/loaders";
import { comparisonRequest, curveRequest, rollbacksRequests, trendRequests } from "./requests";

/** Answers on the server what the page shows; the counts of the lists that are not open are asked by the browser. */
export async function prefetchRollbacks(
  client: QueryClient,
  scope: PageScope,
  { window, list, by }: { window: RollbackWindow; list: RollbackList; by: RollbackDate },
): Promise<void> {
  const sideBySide = comparesKinds(scope);
  const curve = curveRequest(scope);
  const comparison = comparisonRequest(scope, window);
  const { peopleTasks, ...requests } = rollbacksRequests(scope);
  const trend = trendRequests(scope, scope.period.grain);
  const open = rollbackListRequest(scope, list, { open: list, by });
  await Promise.all([
    prefetchMetrics(client, [
      ...Object.values(requests),
      trend.chosen,
      ...(sideBySide ? [peopleTasks, trend.people] : []),
    ]),
    client.prefetchQuery({ queryKey: queryKeys.rollbacks(open), queryFn: () => loadRollbacks(open) }),
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
