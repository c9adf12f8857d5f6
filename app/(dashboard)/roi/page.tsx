import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { queryKeys } from "@/components/query/query-keys";
import { moneyRequest, roiRequests } from "@/components/reports/roi/roi-requests";
import { requireCaller } from "@/lib/auth/loaders";
import { loadDimensionValues, loadModels } from "@/lib/metrics/loaders";
import { RoiView } from "./view";

export const metadata: Metadata = { title: "ROI" };

export default async function RoiPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireCaller("money:read");
  const [state, dimensions] = await Promise.all([loadFilterState(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const request = moneyRequest(scope);
    const { course, equivalent, totals } = roiRequests(scope);
    await Promise.all([
      prefetchMetrics(client, [totals, course, equivalent]),
      client.prefetchQuery({ queryKey: queryKeys.models(request), queryFn: () => loadModels(request) }),
    ]);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RoiView />
    </HydrationBoundary>
  );
}
