import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { resolvePageScope } from "@/components/filters/page-scope";
import { queryKeys } from "@/components/query/query-keys";
import { loadDimensionValues, loadRollbacks } from "@/lib/metrics/loaders";
import { latestRollbacksRequest, overviewRequests } from "./requests";
import { loadOverviewSearchParams } from "./search-params";
import { OverviewView } from "./view";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [state, dimensions] = await Promise.all([loadOverviewSearchParams(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const rollbacks = latestRollbacksRequest(scope);
    await Promise.all([
      prefetchMetrics(client, Object.values(overviewRequests(scope))),
      client.prefetchQuery({ queryKey: queryKeys.rollbacks(rollbacks), queryFn: () => loadRollbacks(rollbacks) }),
    ]);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <OverviewView />
    </HydrationBoundary>
  );
}
