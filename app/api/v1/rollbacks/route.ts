import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { rollbackPageSchema } from "@/lib/metrics/explorer/response-schemas";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import { rollbackListSchema } from "@/lib/metrics/list-schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Reverts: what was taken back, by what, when, and how we know, page by page",
    auth: "reports:read",
    query: rollbackListSchema,
    response: rollbackPageSchema,
    handler: ({ scope, query }) => listRollbacks(scope, query),
  }),
});
