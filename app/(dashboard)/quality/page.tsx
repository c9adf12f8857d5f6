import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMeasures } from "@/app/(dashboard)/measures-prefetch";
import { operationRequests } from "@/components/reports/operations/operation-requests";
import { QUALITY } from "./measures";
import { QualityView } from "./view";

export const metadata: Metadata = { title: "Quality" };

export default async function QualityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <HydrationBoundary state={await prefetchMeasures(QUALITY, searchParams, operationRequests)}>
      <QualityView />
    </HydrationBoundary>
  );
}
