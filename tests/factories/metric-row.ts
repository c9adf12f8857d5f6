import type { MetricRow } from "@/lib/metrics/types";

/** A row that says nothing but what a test gives it. */
export function metricRow(part: Partial<MetricRow> = {}): MetricRow {
  return {
    bucket: null,
    group: {},
    value: null,
    lo: null,
    hi: null,
    method: "none",
    k: null,
    n: null,
    exposure: null,
    immature: 0,
    excluded: {},
    flags: [],
    ...part,
  };
}
