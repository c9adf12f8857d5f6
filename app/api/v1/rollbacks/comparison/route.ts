import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { comparisonSchema } from "@/lib/metrics/response-schemas";
import { runRollbackComparison } from "@/lib/metrics/rollback-comparison";
import { comparisonQuerySchema } from "@/lib/metrics/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Agents against people at the same mix of task categories and sizes",
    auth: "reports:read",
    body: comparisonQuerySchema,
    response: comparisonSchema,
    handler: ({ scope, body }) => runRollbackComparison(scope, body),
  }),
});
