import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { prefetchMeasures } from "@/app/(dashboard)/measures-prefetch";
import { throughputRequests } from "@/components/reports/throughput/throughput-requests";
import { VELOCITY } from "./measures";
import { VelocityView } from "./view";

export const metadata: Metadata = { title: "Velocity" };

export default async function VelocityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <HydrationBoundary state={await prefetchMeasures(VELOCITY, searchParams, throughputRequests)}>
      <VelocityView />
    </HydrationBoundary>
  );
}
