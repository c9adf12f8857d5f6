import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { LARGEST_COST_FILE } from "@/lib/core/cost-files";
import { checkCosts } from "@/lib/events/costs/enter-costs";
import { costImportSchema, costReportSchema } from "@/lib/events/costs/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Reads a CSV file of costs: what it holds, what is wrong with it, and what entering it would change",
    auth: "money:write",
    body: costImportSchema,
    largestBody: LARGEST_COST_FILE,
    response: costReportSchema,
    handler: ({ body, scope }) => checkCosts(scope, body),
  }),
});
