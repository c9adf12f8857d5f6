import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { organisationsInView } from "@/components/filters/page-scope";
import { loadFilterState } from "@/components/filters/search-params";
import { queryKeys } from "@/components/query/query-keys";
import { requireCaller } from "@/lib/auth/loaders";
import { loadCloses, loadDimensionValues } from "@/lib/metrics/loaders";
import { ClosesView } from "./view";

export const metadata: Metadata = { title: "Monthly close" };

export default async function ClosesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireCaller("money:read");
  const [state, dimensions] = await Promise.all([loadFilterState(searchParams), loadDimensionValues()]);
  const client = new QueryClient();
  const [org] = dimensions.span === null ? [] : organisationsInView(state, dimensions);
  if (org !== undefined) {
    await client.prefetchQuery({ queryKey: queryKeys.closes(org.slug), queryFn: () => loadCloses(org.slug) });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ClosesView />
    </HydrationBoundary>
  );
}
