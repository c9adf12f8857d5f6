import { defineDownload, routeMethods } from "@/lib/api/define-route";
import { parseInput, readSearchParams } from "@/lib/api/read-input";
import { downloadResponse } from "@/lib/exports/download";
import { readReportName } from "@/lib/exports/report";
import { openReport, REPORT_QUERIES } from "@/lib/reports/open-report";

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
      parseInput(REPORT_QUERIES[name.report], input);
      return downloadResponse(await openReport(scope, name, input));
    },
  }),
});
