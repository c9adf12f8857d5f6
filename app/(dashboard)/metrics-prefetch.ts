import type { QueryClient } from "@tanstack/react-query";
import { queryKeys } from "@/components/query/query-keys";
import { loadMetricsBatch } from "@/lib/metrics/loaders";
import type { MetricsRequest } from "@/lib/metrics/types";

/**
 * Answers metrics queries on the server in one go, under the keys by which the browser asks. Where that fails the page
 * comes without them: the browser asks again, and says what is wrong.
 */
export async function prefetchMetrics(client: QueryClient, requests: readonly MetricsRequest[]): Promise<void> {
  const answers = await loadMetricsBatch(requests).catch(() => []);
  requests.forEach((request, index) => {
    client.setQueryData(queryKeys.metrics(request), answers[index]);
  });
}
