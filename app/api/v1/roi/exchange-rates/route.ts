import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enterExchangeRates } from "@/lib/settings/money/exchange-rates";
import { exchangeRatesSchema } from "@/lib/settings/money/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Says what a currency was worth in the one that an organisation plans in, month by month",
    auth: "money:write",
    body: exchangeRatesSchema,
    response: z.strictObject({ entered: z.int(), into: z.string() }),
    audit: ({ body: { currency, org, rates, why } }) => ({
      action: "roi.exchanged",
      target: { kind: "organization", id: org, name: org },
      after: { currency, ...Object.fromEntries(rates.map(({ month, rate }) => [month, rate])), why },
    }),
    handler: ({ body, caller }) => enterExchangeRates(body, caller.name),
  }),
});
