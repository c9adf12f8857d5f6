import type { Dimension } from "@/lib/core/dimensions";
import type { MetricRow, MetricsResponse } from "@/lib/metrics/types";
import type { CsvColumn } from "./csv";

/** One row of a metrics result as the file holds it. */
export interface ExportedMetricRow extends MetricRow {
  metric: string;
  period: "current" | "comparison";
  asOf: string | null;
}

/** Every row of a result, the comparison behind the current rows of its metric. */
export function* exportedMetricRows({ asOf, results }: MetricsResponse): Generator<ExportedMetricRow> {
  for (const { compare = [], metric, rows } of results) {
    for (const row of rows) yield { ...row, metric, period: "current", asOf };
    for (const row of compare) yield { ...row, metric, period: "comparison", asOf };
  }
}

/** The columns of the file: one per dimension that is grouped by, then the whole result. */
export function metricColumns(groupBy: readonly Dimension[]): CsvColumn<ExportedMetricRow>[] {
  return [
    { head: "metric", value: ({ metric }) => metric },
    { head: "period", value: ({ period }) => period },
    { head: "bucket", value: ({ bucket }) => bucket },
    ...groupBy.map((dimension) => ({
      head: dimension,
      value: ({ group }: ExportedMetricRow) => group[dimension] ?? null,
    })),
    { head: "value", value: ({ value }) => value },
    { head: "lo", value: ({ lo }) => lo },
    { head: "hi", value: ({ hi }) => hi },
    { head: "method", value: ({ method }) => method },
    { head: "k", value: ({ k }) => k },
    { head: "n", value: ({ n }) => n },
    { head: "exposure", value: ({ exposure }) => exposure },
    { head: "immature", value: ({ immature }) => immature },
    {
      head: "excluded",
      value: ({ excluded }) =>
        Object.entries(excluded)
          .map(([reason, count]) => `${reason} ${count}`)
          .join("; "),
    },
    { head: "flags", value: ({ flags }) => flags.join(" ") },
    { head: "reason", value: ({ reason }) => reason ?? null },
    { head: "currency", value: ({ currency }) => currency ?? null },
    { head: "as_of", value: ({ asOf }) => asOf },
  ];
}
