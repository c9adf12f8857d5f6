import { defineDownload, routeMethods } from "@/lib/api/define-route";
import { everyLine } from "@/lib/audit/list";
import { auditListSchema } from "@/lib/audit/schema";
import { auditDownload } from "@/lib/exports/audit";
import { downloadResponse } from "@/lib/exports/download";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineDownload({
    summary: "The audit log as a file, with the filters of the screen",
    auth: "audit:read",
    query: auditListSchema,
    produces: "text/csv",
    audit: ({ query: { action, actor, from, to } }) => ({
      action: "export.downloaded",
      target: { kind: "report", id: "audit.csv", name: "audit.csv" },
      after: { ...(action && { action }), ...(actor && { actor }), ...(from && { from }), ...(to && { to }) },
    }),
    stream: ({ query }) => downloadResponse(auditDownload(everyLine(query))),
  }),
});
