import type { Scope } from "@/lib/auth/scope";
import type { Download } from "@/lib/exports/download";
import { type ReportName, reportDownload } from "@/lib/exports/report";
import { everyItem } from "@/lib/metrics/explorer/every-page";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import type { Page } from "@/lib/metrics/explorer/types";
import {
  costExportSchema,
  metricsExportSchema,
  pullRequestListSchema,
  rollbackListSchema,
} from "@/lib/metrics/list-schema";
import { listCostLines } from "@/lib/metrics/money/cost-lines";
import { readRoiReport } from "@/lib/metrics/money/read-report";
import { runMetricsQuery } from "@/lib/metrics/query";

/** What each report is asked, as parameters of a URL. */
export const REPORT_QUERIES = {
  metrics: metricsExportSchema,
  "pull-requests": pullRequestListSchema,
  rollbacks: rollbackListSchema,
  focus: costExportSchema,
  roi: costExportSchema,
} as const satisfies Record<ReportName["report"], unknown>;

/** Hears how many rows a file has so far, of how many; null while that is not known. */
export type OnRows = (done: number, total: number | null) => void;

/**
 * A report as a file, with the filters of the screen.
 * @param input what `REPORT_QUERIES` of it takes
 * @throws {z.ZodError} for another input; {AppError} for what cannot be answered
 */
export async function openReport(
  scope: Scope,
  name: ReportName,
  input: unknown,
  onRows: OnRows = () => {},
): Promise<Download> {
  switch (name.report) {
    case "metrics": {
      const query = metricsExportSchema.parse(input);
      return reportDownload.metrics(name, query, await runMetricsQuery(scope, query));
    }
    case "pull-requests": {
      const query = pullRequestListSchema.parse(input);
      return reportDownload.pullRequests(
        name,
        everyCounted(query, (page) => listPullRequests(scope, page), onRows),
      );
    }
    case "focus":
      return reportDownload.focus(name, counted(await listCostLines(scope, costExportSchema.parse(input)), onRows));
    case "roi":
      return reportDownload.roi(name, await readRoiReport(scope, costExportSchema.parse(input)));
    case "rollbacks": {
      const query = rollbackListSchema.parse(input);
      return reportDownload.rollbacks(
        name,
        everyCounted(query, (page) => listRollbacks(scope, page), onRows),
      );
    }
  }
}

async function* everyCounted<Query extends { cursor?: string | undefined; limit: number }, Item>(
  query: Query,
  readPage: (query: Query) => Promise<Page<Item>>,
  onRows: OnRows,
): AsyncGenerator<Item> {
  let total: number | null = null;
  let done = 0;
  const items = everyItem(query, async (page) => {
    const answer = await readPage(page);
    total = answer.total;
    return answer;
  });
  for await (const item of items) {
    done += 1;
    onRows(done, total);
    yield item;
  }
}

function* counted<Item>(items: Iterable<Item>, onRows: OnRows): Generator<Item> {
  let done = 0;
  for (const item of items) {
    done += 1;
    onRows(done, null);
    yield item;
  }
}
