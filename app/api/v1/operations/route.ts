import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { listOperations } from "@/lib/metrics/explorer/operations/operations";
import { operationPageSchema } from "@/lib/metrics/explorer/response-schemas";
import { operationListSchema } from "@/lib/metrics/list-schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Deployments to production, what became of them, and incidents, newest first, page by page",
    auth: "reports:read",
    query: operationListSchema,
    response: operationPageSchema,
    handler: ({ scope, query }) => listOperations(scope, query),
  }),
});
