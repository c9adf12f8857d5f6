import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { resolvePageScope } from "@/components/filters/page-scope";
import { TaskAdvicePanel } from "@/components/reports/task-advice-panel";
import { loadDimensionValues } from "@/lib/metrics/loaders";
import { prefetchRollbacks } from "./prefetch";
import { loadRollbacksSearchParams } from "./search-params";
import { RollbacksView } from "./view";

export const metadata: Metadata = { title: "Rollbacks" };

export default async function RollbacksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [state, dimensions] = await Promise.all([loadRollbacksSearchParams(searchParams), loadDimensionValues()]);
  const scope = resolvePageScope(state, dimensions);
  const client = new QueryClient();
  if (scope !== null) await prefetchRollbacks(client, scope, state);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RollbacksView />
      {scope !== null && <TaskAdvicePanel />}
    </HydrationBoundary>
  );
}
