import type { MoneyRequest } from "@/lib/metrics/money/types";
import type { MetricsRequest } from "@/lib/metrics/types";

/** The rows of a metrics query as CSV, with the same numbers as the screen. */
export function metricsCsvHref(request: MetricsRequest): string {
  return `/api/v1/exports/metrics.csv?${new URLSearchParams({ q: JSON.stringify(request) })}`;
}

/** What was paid, line by line, as a FOCUS file. */
export function focusCsvHref({ filters: { org = [], team = [] }, from, timeZone, to }: MoneyRequest): string {
  const parameters = new URLSearchParams({ from, to, ...(timeZone !== undefined && { timeZone }) });
  if (org.length > 0) parameters.set("org", org.join(","));
  if (team.length > 0) parameters.set("team", team.join(","));
  return `/api/v1/exports/focus.csv?${parameters}`;
}
