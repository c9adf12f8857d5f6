import { z } from "zod";
import { followed } from "@/app/api/v1/costs/followed";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { tokenPriceListSchema } from "@/lib/events/costs/schema";
import { enterTokenPrices } from "@/lib/events/costs/token-prices";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Says what a million tokens of several models cost, all or none; what was used of them is estimated anew",
    auth: "money:write",
    body: tokenPriceListSchema,
    response: z.strictObject({ posted: z.int() }),
    audit: ({ body: { currency, org, prices, why } }, { posted }) => ({
      action: "costs.priced",
      target: { kind: "organization", id: org, name: org },
      after: { why, currency, models: prices.map(({ model }) => model), posted },
    }),
    handler: ({ body: { currency, org, prices, why }, caller, scope }) =>
      followed(
        enterTokenPrices(
          scope,
          org,
          prices.map((price) => ({ ...price, currency, why })),
          caller.name,
        ),
      ),
  }),
});
