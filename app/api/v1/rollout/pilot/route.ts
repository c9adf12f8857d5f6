import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { runPilot } from "@/lib/metrics/rollout/run-pilot";
import { pilotAnswerSchema, pilotQuerySchema } from "@/lib/metrics/rollout/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary:
      "What a pilot of some teams could show before it begins: the smallest effect on a metric that it would see",
    auth: "reports:read",
    body: pilotQuerySchema,
    response: pilotAnswerSchema,
    handler: ({ scope, body }) => runPilot(scope, body),
  }),
});
