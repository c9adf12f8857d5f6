import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { prefetchMetrics } from "@/app/(dashboard)/metrics-prefetch";
import { resolvePageScope } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { queryKeys } from "@/components/query/query-keys";
import {
  courseParser,
  rankedParser,
  rankingRequest,
  topicParser,
  topicRequest,
} from "@/components/reports/teams/team-requests";
import { loadDimensionValues, loadRanking } from "@/lib/metrics/loaders";
import { TeamsView } from "./view";

export const metadata: Metadata = { title: "Teams" };

const loadChoices = createLoader({ topic: topicParser, course: courseParser, ranked: rankedParser });

export default async function TeamsReportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [state, choices, dimensions] = await Promise.all([
    loadFilterState(searchParams),
    loadChoices(searchParams),
    loadDimensionValues(),
  ]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const rankings = [...new Set(["rollback_rate_7d" as const, choices.ranked])];
    await Promise.all([
      prefetchMetrics(client, [topicRequest(scope, choices.topic)]),
      ...rankings.map((metric) => {
        const request = rankingRequest(scope, metric);
        return client.prefetchQuery({ queryKey: queryKeys.ranking(request), queryFn: () => loadRanking(request) });
      }),
    ]);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TeamsView />
    </HydrationBoundary>
  );
}
