import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { rollbackCurvesSchema } from "@/lib/metrics/response-schemas";
import { runRollbackCurve } from "@/lib/metrics/rollback-curve";
import { cohortQuerySchema } from "@/lib/metrics/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Share rolled back by hours since the merge, up to 30 days",
    auth: "reports:read",
    body: cohortQuerySchema,
    response: rollbackCurvesSchema,
    handler: ({ scope, body }) => runRollbackCurve(scope, body),
  }),
});
