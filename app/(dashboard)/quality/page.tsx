import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { comparesKinds, measureRequests } from "@/components/reports/measures/measure-page";
import { loadDimensionValues } from "@/lib/metrics/loaders";
import { QUALITY } from "./measures";
import { QualityView } from "./view";

export const metadata: Metadata = { title: "Quality" };

export default async function QualityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [state, dimensions] = await Promise.all([loadFilterState(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const { people, ...requests } = measureRequests(QUALITY, scope);
    await prefetchMetrics(client, [...Object.values(requests), ...(comparesKinds(scope) ? [people] : [])]);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <QualityView />
    </HydrationBoundary>
  );
}
