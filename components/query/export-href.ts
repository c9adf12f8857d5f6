import type { MetricsRequest } from "@/lib/metrics/types";

/** The rows of a metrics query as CSV, with the same numbers as the screen. */
export function metricsCsvHref(request: MetricsRequest): string {
  return `/api/v1/exports/metrics.csv?${new URLSearchParams({ q: JSON.stringify(request) })}`;
}
