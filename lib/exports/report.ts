import type { Dimension } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import type { PullRequestItem, RollbackItem } from "@/lib/metrics/explorer/types";
import type { CostLineItem } from "@/lib/metrics/money/cost-lines";
import type { MetricsResponse } from "@/lib/metrics/types";
import { type CsvColumn, csvLines } from "./csv";
import type { Download } from "./download";
import { FOCUS_COLUMNS } from "./focus-rows";
import { jsonItems } from "./json-items";
import { exportedMetricRows, metricColumns } from "./metric-rows";
import { PULL_REQUEST_COLUMNS } from "./pull-request-rows";
import { ROLLBACK_COLUMNS } from "./rollback-rows";

const REPORTS = ["metrics", "pull-requests", "rollbacks", "focus"] as const;
const FORMATS = ["csv", "json"] as const;

export interface ReportName {
  report: (typeof REPORTS)[number];
  format: (typeof FORMATS)[number];
}

/**
 * Reads the last part of an export's path, such as `rollbacks.csv`.
 * @throws {AppError} `not_found`
 */
export function readReportName(text: string): ReportName {
  const [name, extension, ...rest] = text.split(".");
  const report = REPORTS.find((known) => known === name);
  const format = FORMATS.find((known) => known === extension);
  if (report === undefined || format === undefined || rest.length > 0) {
    throw new AppError({
      code: "not_found",
      message: `There is no report "${text}": take ${REPORTS.join(", ")} with .${FORMATS.join(" or .")}.`,
    });
  }
  return { report, format };
}

function download<Row>(
  { format, report }: ReportName,
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): Download {
  const fileName = `fleetgauge-${report}.${format}`;
  return format === "csv"
    ? { fileName, contentType: "text/csv; charset=utf-8", chunks: csvLines(columns, rows) }
    : { fileName, contentType: "application/json", chunks: jsonItems(rows) };
}

/** The reports as files, each from what the screen shows. */
export const reportDownload = {
  metrics: (name: ReportName, { groupBy }: { groupBy: readonly Dimension[] }, response: MetricsResponse): Download =>
    download(name, metricColumns(columnsOf(groupBy, response)), exportedMetricRows(response)),
  pullRequests: (name: ReportName, items: AsyncIterable<PullRequestItem>): Download =>
    download(name, PULL_REQUEST_COLUMNS, items),
  focus: (name: ReportName, lines: Iterable<CostLineItem>): Download => download(name, FOCUS_COLUMNS, lines),
  rollbacks: (name: ReportName, items: AsyncIterable<RollbackItem>): Download =>
    download(name, ROLLBACK_COLUMNS, items),
};

/** What is grouped by, and what a metric carries besides. */
function columnsOf(groupBy: readonly Dimension[], { results }: MetricsResponse): Dimension[] {
  const carried = results.flatMap(({ rows }) => rows.flatMap(({ group }) => Object.keys(group) as Dimension[]));
  return [...new Set([...groupBy, ...carried])];
}
