import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { runMetricsQueries } from "@/lib/metrics/query";
import { metricsBatchResponseSchema } from "@/lib/metrics/response-schemas";
import { metricsBatchSchema } from "@/lib/metrics/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Several metrics queries on one state of the data, answered in their order",
    auth: "reports:read",
    body: metricsBatchSchema,
    response: metricsBatchResponseSchema,
    handler: async ({ scope, body }) => ({ answers: await runMetricsQueries(scope, body.queries) }),
  }),
});
