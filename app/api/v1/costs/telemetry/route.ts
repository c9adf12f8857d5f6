import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readAgentUse } from "@/lib/metrics/money/agent-use";
import { agentUseSchema } from "@/lib/metrics/money/response-schemas";
import { moneyQuerySchema } from "@/lib/metrics/money/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "What agents told of their use, by agent and model, and which pull requests it belongs to",
    auth: "money:read",
    body: moneyQuerySchema,
    response: agentUseSchema,
    handler: ({ body, scope }) => readAgentUse(scope, body),
  }),
});
