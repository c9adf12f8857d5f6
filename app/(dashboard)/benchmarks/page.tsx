import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { queryKeys } from "@/components/query/query-keys";
import { benchmarkRequests } from "@/components/reports/benchmarks/benchmark-requests";
import { loadBenchmarks, loadDimensionValues, loadMetricDescriptors } from "@/lib/metrics/loaders";
import { BenchmarksView } from "./view";

export const metadata: Metadata = { title: "Benchmarks" };

export default async function BenchmarksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [state, dimensions, items] = await Promise.all([
    loadFilterState(searchParams),
    loadDimensionValues(),
    loadBenchmarks(),
  ]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  client.setQueryData(queryKeys.benchmarks, { items, nextCursor: null });
  if (scope !== null) {
    await prefetchMetrics(client, Object.values(benchmarkRequests(scope, items, loadMetricDescriptors())));
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <BenchmarksView />
    </HydrationBoundary>
  );
}
