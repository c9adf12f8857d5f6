import { type DehydratedState, dehydrate, QueryClient } from "@tanstack/react-query";
import type { SearchParams } from "nuqs/server";
import { comparesKinds, type PageScope, resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { type MeasurePage, measureRequests } from "@/components/reports/measures/measure-page";
import { loadDimensionValues } from "@/lib/metrics/loaders";
import type { MetricsRequest } from "@/lib/metrics/types";
import { prefetchMetrics } from "./metrics-prefetch";

/** Answers on the server what a report about some metrics asks for, and what stands below it. */
export async function prefetchMeasures(
  page: MeasurePage,
  searchParams: Promise<SearchParams>,
  more: (scope: PageScope) => Record<string, MetricsRequest> = () => ({}),
): Promise<DehydratedState> {
  const [state, dimensions] = await Promise.all([loadFilterState(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const { people, ...requests } = measureRequests(page, scope);
    await prefetchMetrics(client, [
      ...Object.values(requests),
      ...(comparesKinds(scope) ? [people] : []),
      ...Object.values(more(scope)),
    ]);
  }
  return dehydrate(client);
}
