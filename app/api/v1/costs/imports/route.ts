import { z } from "zod";
import { followed } from "@/app/api/v1/costs/followed";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { LARGEST_COST_FILE } from "@/lib/core/cost-files";
import { enterCosts, listCostImports } from "@/lib/events/costs/enter-costs";
import { costImportItemSchema, costImportSchema, costReportSchema } from "@/lib/events/costs/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Lists the files of costs that were entered, the latest first",
    auth: "money:write",
    response: z.strictObject({ items: z.array(costImportItemSchema) }),
    handler: async ({ scope }) => ({ items: await listCostImports(scope) }),
  }),
  POST: defineRoute({
    summary: "Enters a CSV file of costs: it replaces what the same source told of the same days",
    auth: "money:write",
    body: costImportSchema,
    largestBody: LARGEST_COST_FILE,
    response: costReportSchema,
    audit: ({ body: { fileName, org, source } }, { changes, firstDay, lastDay, lines, posted }) => ({
      action: "costs.imported",
      target: { kind: "organization", id: org, name: org },
      after: {
        source,
        fileName,
        lines,
        firstDay,
        lastDay,
        posted,
        ...Object.fromEntries(changes.map(({ currency, minor }) => [currency, minor])),
      },
    }),
    handler: ({ body, caller, scope }) => followed(enterCosts(scope, body, caller.name)),
  }),
});
