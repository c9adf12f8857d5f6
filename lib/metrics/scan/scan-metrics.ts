import type { Selection } from "@/lib/metrics/selection";
import { cellBuffer } from "./cell-buffer";
import { DimensionLabels } from "./group-space";
import { MetricTally } from "./metric-tally";
import { addPercentiles } from "./percentiles";
import { RowFlags } from "./row-flags";
import type { ScanInput } from "./scan-input";
import { addSurvivalMedians } from "./survival-medians";
import { type RowVisitor, TablePass } from "./table-pass";

export interface Scan {
  metrics: MetricTally[];
  /** Passes every row that counts for a metric, in its numerator or in what it is a share of. */
  visitRows: (metric: MetricTally, groups: "numerator" | "whole", visit: RowVisitor) => void;
}

/**
 * Counts all metrics of a query in one pass over the columns: every row becomes a cell (its dimensions and answers as
 * one number), cells are counted, and each metric adds up the cells that it is about. Rows are in the order of time,
 * so it goes bucket after bucket, and what a bucket needs besides counts is read while it is in the processor's cache.
 * @throws {AppError} `unprocessable` when more groups could exist than can be told apart.
 */
export function scanMetrics(input: ScanInput): Scan {
  const { definitions, directory, edges, groupBy, selection, tables } = input;
  const flags = new RowFlags();
  const labels = new DimensionLabels(directory);
  const byKind = groupBy.includes("authorKind") || selection.narrowings.has("authorKind");
  const query = { groupBy, byKind, buckets: edges.length - 1 };
  const metrics = definitions.map((definition) => new MetricTally(definition, query, labels, flags));
  for (const metric of metrics) metric.addWindow();
  const passes = tables.map((table) => new TablePass(table, input, metrics, flags));
  for (let bucket = 0; bucket < edges.length - 1; bucket += 1) countBucket(bucket, passes, metrics, selection);
  return {
    metrics,
    visitRows: (metric, groups, visit) => {
      for (const pass of passes) pass.visitRows(metrics.indexOf(metric), groups, visit);
    },
  };
}

function countBucket(
  bucket: number,
  passes: readonly TablePass[],
  metrics: readonly MetricTally[],
  selection: Selection,
): void {
  const rows = passes.map((pass) => pass.rowsIn(bucket));
  const cells = cellBuffer(rows.reduce((sum, { from, to }) => sum + to - from, 0));
  let at = 0;
  for (const [index, own] of rows.entries()) {
    passes[index]?.count(bucket, own, cells, at);
    at += own.to - own.from;
  }
  for (const [index, metric] of metrics.entries()) {
    const { measure } = metric.definition;
    if (measure.kind === "percentile") addPercentiles(metric, measure, { passes, index, bucket });
    else if (measure.kind === "survival") addSurvivalMedians(metric, measure, selection, { passes, index, bucket });
  }
}
