import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { queryKeys } from "@/components/query/query-keys";
import { costRequests } from "@/components/reports/costs/cost-requests";
import { moneyRequest } from "@/components/reports/roi/roi-requests";
import { requireCaller } from "@/lib/auth/loaders";
import { loadAgentUse, loadCosts, loadDimensionValues, loadModels } from "@/lib/metrics/loaders";
import { CostsView } from "./view";

export const metadata: Metadata = { title: "Cost" };

export default async function CostsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireCaller("money:read");
  const [state, dimensions] = await Promise.all([loadFilterState(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const request = moneyRequest(scope);
    await Promise.all([
      prefetchMetrics(client, Object.values(costRequests(scope))),
      client.prefetchQuery({ queryKey: queryKeys.models(request), queryFn: () => loadModels(request) }),
      client.prefetchQuery({ queryKey: queryKeys.agentUse(request), queryFn: () => loadAgentUse(request) }),
      client.prefetchQuery({ queryKey: queryKeys.costs(request), queryFn: () => loadCosts(request) }),
    ]);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CostsView />
    </HydrationBoundary>
  );
}
