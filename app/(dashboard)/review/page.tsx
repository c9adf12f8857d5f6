import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMeasures } from "@/app/(dashboard)/measures-prefetch";
import { auditFactorRequests } from "@/components/reports/audit-factor-requests";
import { REVIEW } from "./measures";
import { ReviewView } from "./view";

export const metadata: Metadata = { title: "Rework and review" };

export default async function ReviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <HydrationBoundary state={await prefetchMeasures(REVIEW, searchParams, auditFactorRequests)}>
      <ReviewView />
    </HydrationBoundary>
  );
}
