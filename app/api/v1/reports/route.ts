import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { parseInput } from "@/lib/api/read-input";
import { AppError } from "@/lib/core/errors";
import { readReportName } from "@/lib/exports/report";
import { enqueueReport } from "@/lib/jobs/enqueue";
import { REPORT_QUERIES } from "@/lib/reports/open-report";
import { listReports } from "@/lib/reports/report-files";
import { reportItemSchema, reportRequestSchema } from "@/lib/reports/schema";

const MONEY_REPORTS: ReadonlySet<string> = new Set(["focus", "roi"]);

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Reports that the caller had made in the last seven days, the newest first, and how far they are",
    auth: "signed-in",
    response: z.strictObject({ items: z.array(reportItemSchema) }),
    handler: async ({ caller }) => ({ items: await listReports(caller.id) }),
  }),
  POST: defineRoute({
    summary: "Has a report made by the worker, for those that take long; keys download it at once from /api/v1/exports",
    auth: "signed-in",
    body: reportRequestSchema,
    response: z.strictObject({ id: z.uuid() }),
    audit: ({ body: { query, report } }) => ({
      action: "report.requested",
      target: { kind: "report", id: report, name: report },
      after: query,
    }),
    handler: async ({ body, caller }) => {
      const { report } = readReportName(body.report);
      const needed = MONEY_REPORTS.has(report) ? "money:read" : "exports:read";
      if (!caller.permissions.has(needed))
        throw new AppError({ code: "forbidden", message: `Your role (${caller.role}) may not have this report.` });
      parseInput(REPORT_QUERIES[report], body.query);
      return { id: await enqueueReport(caller.id, body) };
    },
  }),
});
