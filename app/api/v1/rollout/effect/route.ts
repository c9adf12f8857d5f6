import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { runEffect } from "@/lib/metrics/rollout/run-effect";
import { effectAnswerSchema, effectQuerySchema } from "@/lib/metrics/rollout/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "What came of a wave of teams beyond what changed anyway: difference in differences of a metric",
    auth: "reports:read",
    body: effectQuerySchema,
    response: effectAnswerSchema,
    handler: ({ scope, body }) => runEffect(scope, body),
  }),
});
