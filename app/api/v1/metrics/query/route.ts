import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsResponseSchema } from "@/lib/metrics/response-schemas";
import { metricsQuerySchema } from "@/lib/metrics/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Values of metrics over a period, by time and by dimension",
    auth: "reports:read",
    body: metricsQuerySchema,
    response: metricsResponseSchema,
    handler: ({ scope, body }) => runMetricsQuery(scope, body),
  }),
});
