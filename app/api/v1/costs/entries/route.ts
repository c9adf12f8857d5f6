import { z } from "zod";
import { followed } from "@/app/api/v1/costs/followed";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enterCost, listCostEntries } from "@/lib/events/costs/cost-entries";
import { costEntryItemSchema, costEntrySchema } from "@/lib/events/costs/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Lists what is paid by the month or year, or was paid once, as somebody entered it",
    auth: "money:write",
    response: z.strictObject({ items: z.array(costEntryItemSchema) }),
    handler: async ({ scope }) => ({ items: await listCostEntries(scope) }),
  }),
  POST: defineRoute({
    summary: "Enters what is paid by the month or year, or was paid once; what is due of it is posted, now and later",
    auth: "money:write",
    body: costEntrySchema,
    response: z.strictObject({ id: z.int(), posted: z.int() }),
    audit: ({ body: { org, ...said } }, { posted }) => ({
      action: "costs.entered",
      target: { kind: "organization", id: org, name: org },
      after: { ...said, posted },
    }),
    handler: ({ body, caller, scope }) => followed(enterCost(scope, body, caller.name)),
  }),
});
