import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { listMetrics } from "@/lib/metrics/registry";
import { metricListSchema } from "@/lib/metrics/response-schemas";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Every metric: what it is, how it is computed, what to mind",
    auth: "reports:read",
    response: metricListSchema,
    handler: () => ({ items: listMetrics(), nextCursor: null }),
  }),
});
