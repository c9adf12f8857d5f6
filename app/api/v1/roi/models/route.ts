import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readModels } from "@/lib/metrics/money/read-models";
import { teamModelsSchema } from "@/lib/metrics/money/response-schemas";
import { moneyQuerySchema } from "@/lib/metrics/money/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "What the model of costs and benefits is worked out from, of everything selected and of each team",
    auth: "money:read",
    body: moneyQuerySchema,
    response: teamModelsSchema,
    handler: ({ body, scope }) => readModels(scope, body),
  }),
});
