import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readDataHealth } from "@/lib/metrics/explorer/data-health";
import { dataHealthResponseSchema } from "@/lib/metrics/explorer/response-schemas";
import { dataHealthSchema } from "@/lib/metrics/list-schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "What is in, how fresh it is and what is missing, per repository",
    auth: "health:read",
    query: dataHealthSchema,
    response: dataHealthResponseSchema,
    handler: ({ scope, query }) => readDataHealth(scope, query),
  }),
});
