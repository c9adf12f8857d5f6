import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { listAudit } from "@/lib/audit/list";
import { auditListSchema, auditPageSchema } from "@/lib/audit/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "The audit log, the newest line first",
    auth: "audit:read",
    query: auditListSchema,
    response: auditPageSchema,
    handler: ({ query }) => listAudit(query),
  }),
});
