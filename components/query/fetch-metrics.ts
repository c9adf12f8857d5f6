import type { MetricsRequest, MetricsResponse } from "@/lib/metrics/types";
import { createBatcher } from "./create-batcher";
import { fetchJson } from "./fetch-json";

/** As many as the route takes. */
const LIMIT = 16;

/** The answer to one metrics query; all that a page asks at once goes in one request. */
export const fetchMetrics = createBatcher<MetricsRequest, MetricsResponse>(async (queries, signal) => {
  const { answers } = await fetchJson<{ answers: MetricsResponse[] }>("/api/v1/metrics/batch", {
    body: { queries },
    signal,
  });
  return answers;
}, LIMIT);
