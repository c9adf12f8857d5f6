"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchMetrics } from "@/components/query/fetch-metrics";
import { queryKeys } from "@/components/query/query-keys";
import type { MetricRow, MetricsRequest, MetricsResponse } from "@/lib/metrics/types";

/** The answer to a metrics query, asked together with the others of the page; meanwhile the last one stays. */
export function useMetricsQuery(request: MetricsRequest, { enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({
    enabled,
    queryKey: queryKeys.metrics(request),
    queryFn: ({ signal }) => fetchMetrics(request, signal),
    placeholderData: keepPreviousData,
  });
}

/** The rows of one metric of an answer; none while there is no answer. */
export function rowsOf(answer: MetricsResponse | undefined, metric: string): MetricRow[] {
  return answer?.results.find((result) => result.metric === metric)?.rows ?? [];
}

/** The rows of one metric over the comparison period. */
export function compareRowsOf(answer: MetricsResponse | undefined, metric: string): MetricRow[] {
  return answer?.results.find((result) => result.metric === metric)?.compare ?? [];
}
