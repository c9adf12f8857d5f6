"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/components/query/fetch-json";
import { queryKeys } from "@/components/query/query-keys";
import type { MetricRow, MetricsRequest, MetricsResponse } from "@/lib/metrics/types";

/** The answer to a metrics query; while another is on its way the last one stays. */
export function useMetricsQuery(request: MetricsRequest, { enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({
    enabled,
    queryKey: queryKeys.metrics(request),
    queryFn: ({ signal }) => fetchJson<MetricsResponse>("/api/v1/metrics/query", { body: request, signal }),
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
