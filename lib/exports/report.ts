import type { Dimension } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { dayOf } from "@/lib/core/zoned-time";
import type { PullRequestItem, RollbackItem } from "@/lib/metrics/explorer/types";
import type { CostLineItem } from "@/lib/metrics/money/cost-lines";
import type { RoiReport } from "@/lib/metrics/money/read-report";
import type { MetricsResponse } from "@/lib/metrics/types";
import { type CsvColumn, csvLines } from "./csv";
import type { Download } from "./download";
import { FOCUS_COLUMNS } from "./focus-rows";
import { jsonItems } from "./json-items";
import { exportedMetricRows, metricColumns } from "./metric-rows";
import { PULL_REQUEST_COLUMNS } from "./pull-request-rows";
import { roiDocument } from "./roi/roi-document";
import { roiJson } from "./roi/roi-json";
import { roiWorkbook } from "./roi/roi-workbook";
import { ROLLBACK_COLUMNS } from "./rollback-rows";
import { rowsWorkbook } from "./rows-workbook";
import { workbookBytes } from "./xlsx/write-workbook";

/** Every report and the forms that it has. */
const REPORTS = {
  metrics: ["csv", "json", "xlsx"],
  "pull-requests": ["csv", "json", "xlsx"],
  rollbacks: ["csv", "json", "xlsx"],
  focus: ["csv", "json"],
  roi: ["xlsx", "pdf", "json"],
} as const;
const REPORT_NAMES = Object.keys(REPORTS) as (keyof typeof REPORTS)[];

export interface ReportName {
  report: keyof typeof REPORTS;
  format: "csv" | "json" | "xlsx" | "pdf";
}

/**
 * Reads the last part of an export's path, such as `rollbacks.csv`.
 * @throws {AppError} `not_found`
 */
export function readReportName(text: string): ReportName {
  const [name, extension, ...rest] = text.split(".");
  const report = REPORT_NAMES.find((known) => known === name);
  const format = report === undefined ? undefined : REPORTS[report].find((known) => known === extension);
  if (report === undefined || format === undefined || rest.length > 0) {
    const known = REPORT_NAMES.map((one) => `${one}.${REPORTS[one].join("|")}`);
    throw new AppError({ code: "not_found", message: `There is no report "${text}": take ${known.join(", ")}.` });
  }
  return { report, format };
}

function download<Row>(
  { format, report }: ReportName,
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row> | Iterable<Row>,
): Download {
  const fileName = `fleetgauge-${report}.${format}`;
  switch (format) {
    case "csv":
      return { fileName, contentType: "text/csv; charset=utf-8", chunks: csvLines(columns, rows) };
    case "json":
      return { fileName, contentType: "application/json", chunks: jsonItems(rows) };
    case "pdf":
      throw new Error(`${report} is no document`);
    case "xlsx":
      return { fileName, contentType: WORKBOOK, chunks: workbookBytes(rowsWorkbook(report, columns, rows)) };
  }
}

const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async function* jsonText(value: unknown): AsyncGenerator<string> {
  yield JSON.stringify(value);
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
  roi: ({ format }: ReportName, report: RoiReport): Download => {
    const { from, timeZone, to } = report.period;
    const days = [dayOf(from, timeZone), dayOf(new Date(to.getTime() - 1), timeZone)];
    const fileName = `fleetgauge-roi-${days.join("-to-")}.${format}`;
    if (format === "xlsx") return { fileName, contentType: WORKBOOK, chunks: workbookBytes(roiWorkbook(report)) };
    if (format === "pdf") return { fileName, contentType: "application/pdf", chunks: roiDocument(report) };
    return { fileName, contentType: "application/json", chunks: jsonText(roiJson(report)) };
  },
};

/** What is grouped by, and what a metric carries besides. */
function columnsOf(groupBy: readonly Dimension[], { results }: MetricsResponse): Dimension[] {
  const carried = results.flatMap(({ rows }) => rows.flatMap(({ group }) => Object.keys(group) as Dimension[]));
  return [...new Set([...groupBy, ...carried])];
}
