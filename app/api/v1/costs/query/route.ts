import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readCosts } from "@/lib/metrics/money/read-costs";
import { costReportSchema } from "@/lib/metrics/money/response-schemas";
import { moneyQuerySchema } from "@/lib/metrics/money/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "What was paid, by what it was paid for, team, agent and provider",
    auth: "money:read",
    body: moneyQuerySchema,
    response: costReportSchema,
    handler: ({ body, scope }) => readCosts(scope, body),
  }),
});
