import { defineDownload, routeMethods } from "@/lib/api/define-route";
import { downloadResponse } from "@/lib/exports/download";
import { openReportFile } from "@/lib/reports/report-files";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineDownload({
    summary: "A report that the caller had made, as a file",
    auth: "exports:read",
    produces: "application/octet-stream",
    audit: ({ params }) => ({
      action: "report.downloaded",
      target: { kind: "report", id: params.id ?? "", name: params.id ?? "" },
    }),
    stream: async ({ caller, params }) => downloadResponse(await openReportFile(caller.id, params.id ?? "")),
  }),
});
