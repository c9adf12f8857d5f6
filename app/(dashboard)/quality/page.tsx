import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMeasures } from "@/app/(dashboard)/measures-prefetch";
import type { PageScope } from "@/components/filters/page-scope";
import { failureRequests } from "@/components/reports/failures/failure-requests";
import { operationRequests } from "@/components/reports/operations/operation-requests";
import { QUALITY } from "./measures";
import { QualityView } from "./view";

export const metadata: Metadata = { title: "Quality" };

const qualityRequests = (scope: PageScope) => ({ ...operationRequests(scope), ...failureRequests(scope) });

export default async function QualityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <HydrationBoundary state={await prefetchMeasures(QUALITY, searchParams, qualityRequests)}>
      <QualityView />
    </HydrationBoundary>
  );
}
