import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { comparesKinds, measureRequests } from "@/components/reports/measures/measure-page";
import { loadDimensionValues } from "@/lib/metrics/loaders";
import { REVIEW } from "./measures";
import { ReviewView } from "./view";

export const metadata: Metadata = { title: "Rework and review" };

export default async function ReviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [state, dimensions] = await Promise.all([loadFilterState(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const { people, ...requests } = measureRequests(REVIEW, scope);
    await prefetchMetrics(client, [...Object.values(requests), ...(comparesKinds(scope) ? [people] : [])]);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReviewView />
    </HydrationBoundary>
  );
}
