import type { MoneyRequest } from "@/lib/metrics/money/types";
import type { MetricsRequest } from "@/lib/metrics/types";
import { listParameters } from "./list-parameters";

/** The rows of a metrics query as CSV, with the same numbers as the screen. */
export function metricsCsvHref(request: MetricsRequest): string {
  return `/api/v1/exports/metrics.csv?${new URLSearchParams({ q: JSON.stringify(request) })}`;
}

/** What was paid, line by line, as a FOCUS file. */
export function focusCsvHref(request: MoneyRequest): string {
  return `/api/v1/exports/focus.csv?${listParameters(request)}`;
}

/** The model of return on investment as a file. */
export function roiReportHref(request: MoneyRequest, format: "xlsx" | "pdf" | "json"): string {
  return `/api/v1/exports/roi.${format}?${listParameters(request)}`;
}
