import { z } from "zod";
import { followed } from "@/app/api/v1/costs/followed";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { tokenPriceSchema, tokenPricesSchema } from "@/lib/events/costs/schema";
import { enterTokenPrice, listTokenPrices } from "@/lib/events/costs/token-prices";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Lists what tokens cost by model and day, and tokens that no price is known for",
    auth: "money:write",
    response: tokenPricesSchema,
    handler: ({ scope }) => listTokenPrices(scope),
  }),
  PUT: defineRoute({
    summary: "Says what a million tokens of a model cost from a day on; what was used of it is estimated anew",
    auth: "money:write",
    body: tokenPriceSchema,
    response: z.strictObject({ posted: z.int() }),
    audit: ({ body: { org, ...said } }, { posted }) => ({
      action: "costs.priced",
      target: { kind: "organization", id: org, name: org },
      after: { ...said, posted },
    }),
    handler: ({ body, caller, scope }) => followed(enterTokenPrice(scope, body, caller.name)),
  }),
});
