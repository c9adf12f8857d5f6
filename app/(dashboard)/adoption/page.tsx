import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { queryKeys } from "@/components/query/query-keys";
import { adoptionRequests, rolloutFilters } from "@/components/reports/adoption/adoption-requests";
import { reportedRequests } from "@/components/reports/reported/reported-requests";
import { loadDimensionValues, loadRollout } from "@/lib/metrics/loaders";
import { AdoptionView } from "./view";

export const metadata: Metadata = { title: "Adoption and rollout" };

export default async function AdoptionPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [state, dimensions] = await Promise.all([loadFilterState(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const filters = rolloutFilters(scope);
    await Promise.all([
      prefetchMetrics(client, [...Object.values(adoptionRequests(scope)), ...Object.values(reportedRequests(scope))]),
      client.prefetchQuery({ queryKey: queryKeys.rollout(filters), queryFn: () => loadRollout(filters) }),
    ]);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AdoptionView />
    </HydrationBoundary>
  );
}
