import { defineDownload, routeMethods } from "@/lib/api/define-route";
import { parseInput, readSearchParams } from "@/lib/api/read-input";
import { downloadResponse } from "@/lib/exports/download";
import { readReportName, reportDownload } from "@/lib/exports/report";
import { everyItem } from "@/lib/metrics/explorer/every-page";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import {
  costExportSchema,
  metricsExportSchema,
  pullRequestListSchema,
  rollbackListSchema,
} from "@/lib/metrics/list-schema";
import { listCostLines } from "@/lib/metrics/money/cost-lines";
import { readRoiReport } from "@/lib/metrics/money/read-report";
import { runMetricsQuery } from "@/lib/metrics/query";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineDownload({
    summary:
      "A report as a file, with the filters of the screen: metrics, pull-requests or rollbacks as .csv, .json or .xlsx, focus (costs as FOCUS 1.2) as .csv or .json, roi (the model) as .xlsx, which goes on calculating, .pdf or .json",
    auth: "exports:read",
    produces: "text/csv",
    audit: ({ params, request }) => ({
      action: "export.downloaded",
      target: { kind: "report", id: params.report ?? "", name: params.report ?? "" },
      after: readSearchParams(request.url),
    }),
    stream: async ({ scope, params, request }) => {
      const name = readReportName(params.report ?? "");
      const input = readSearchParams(request.url);
      switch (name.report) {
        case "metrics": {
          const query = parseInput(metricsExportSchema, input);
          return downloadResponse(reportDownload.metrics(name, query, await runMetricsQuery(scope, query)));
        }
        case "pull-requests": {
          const query = parseInput(pullRequestListSchema, input);
          return downloadResponse(
            reportDownload.pullRequests(
              name,
              everyItem(query, (page) => listPullRequests(scope, page)),
            ),
          );
        }
        case "focus": {
          const query = parseInput(costExportSchema, input);
          return downloadResponse(reportDownload.focus(name, await listCostLines(scope, query)));
        }
        case "roi": {
          const query = parseInput(costExportSchema, input);
          return downloadResponse(reportDownload.roi(name, await readRoiReport(scope, query)));
        }
        case "rollbacks": {
          const query = parseInput(rollbackListSchema, input);
          return downloadResponse(
            reportDownload.rollbacks(
              name,
              everyItem(query, (page) => listRollbacks(scope, page)),
            ),
          );
        }
      }
    },
  }),
});
