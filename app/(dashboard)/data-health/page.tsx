import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { healthRequest } from "@/components/data-health/health-request";
import { resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { queryKeys } from "@/components/query/query-keys";
import { requireCaller } from "@/lib/auth/loaders";
import { loadDataHealth, loadDimensionValues } from "@/lib/metrics/loaders";
import { DataHealthView } from "./view";

export const metadata: Metadata = { title: "Data health" };

export default async function DataHealthPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireCaller("health:read");
  const [state, dimensions] = await Promise.all([loadFilterState(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const request = healthRequest(scope);
    await client.prefetchQuery({ queryKey: queryKeys.dataHealth(request), queryFn: () => loadDataHealth(request) });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DataHealthView />
    </HydrationBoundary>
  );
}
