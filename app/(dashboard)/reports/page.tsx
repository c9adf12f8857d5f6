import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { queryKeys } from "@/components/query/query-keys";
import { requireCaller } from "@/lib/auth/loaders";
import { loadReports, loadSchedules } from "@/lib/reports/loaders";
import { ReportsView } from "./view";

export const metadata: Metadata = { title: "Reports" };

export default async function ReportsPage() {
  await requireCaller("exports:read");
  const client = new QueryClient();
  await Promise.all([
    client.prefetchQuery({ queryKey: queryKeys.reports, queryFn: loadReports }),
    client.prefetchQuery({ queryKey: queryKeys.schedules, queryFn: loadSchedules }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReportsView />
    </HydrationBoundary>
  );
}
