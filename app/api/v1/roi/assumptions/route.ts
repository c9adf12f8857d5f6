import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enterAssumptions } from "@/lib/settings/money/enter-assumptions";
import { assumptionsSchema } from "@/lib/settings/money/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Says what hours and incidents cost and what agents save, of an organisation or one of its teams",
    auth: "money:write",
    body: assumptionsSchema,
    response: z.strictObject({ entered: z.int() }),
    audit: ({ body: { allocation, basis, currency, fiscalStart, org, team, validFrom, values, why } }) => ({
      action: "roi.assumed",
      target: {
        kind: team === null ? "organization" : "team",
        id: team === null ? org : `${org}/${team}`,
        name: team ?? org,
      },
      after: {
        ...Object.fromEntries(values.map(({ key, value }) => [key, value])),
        ...(currency !== undefined && { currency }),
        ...(allocation !== undefined && { allocation }),
        ...(fiscalStart !== undefined && { fiscalStart }),
        validFrom,
        basis,
        why,
      },
    }),
    handler: ({ body, caller }) => enterAssumptions(body, caller.name),
  }),
});
