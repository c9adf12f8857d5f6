import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { resolvePageScope } from "@/components/filters/page-scope";
import { pageRequest, rolledBackRequest } from "@/components/pull-requests/explorer-request";
import { queryKeys } from "@/components/query/query-keys";
import { loadDimensionValues, loadPullRequests } from "@/lib/metrics/loaders";
import { loadPullRequestSearchParams } from "./search-params";
import { PullRequestsView } from "./view";

export const metadata: Metadata = { title: "Pull requests" };

export default async function PullRequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [state, dimensions] = await Promise.all([loadPullRequestSearchParams(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) {
    const requests = [pageRequest(scope, state), rolledBackRequest(scope, state)];
    await Promise.all(
      requests.map((request) =>
        client.prefetchQuery({ queryKey: queryKeys.pullRequests(request), queryFn: () => loadPullRequests(request) }),
      ),
    );
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PullRequestsView />
    </HydrationBoundary>
  );
}
