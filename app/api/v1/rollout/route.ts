import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readRollout } from "@/lib/metrics/rollout/read-rollout";
import { rolloutQuerySchema, rolloutSchema } from "@/lib/metrics/rollout/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "How far each team has come with agents, signs of a rollout that fails, and in which waves teams began",
    auth: "reports:read",
    query: rolloutQuerySchema,
    response: rolloutSchema,
    handler: ({ scope, query }) => readRollout(scope, query),
  }),
});
