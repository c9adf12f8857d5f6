import { z } from "zod";
import { followed } from "@/app/api/v1/costs/followed";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { endCost } from "@/lib/events/costs/cost-entries";
import { costEndSchema } from "@/lib/events/costs/schema";

const changed = z.strictObject({ posted: z.int(), org: z.string(), provider: z.string() });

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Says on which day an entry ended: what was posted beyond it is taken back",
    auth: "money:write",
    body: costEndSchema,
    response: changed,
    audit: ({ body: { endsOn } }, { org, posted, provider }) => ({
      action: "costs.ended",
      target: { kind: "organization", id: org, name: org },
      after: { provider, endsOn, posted },
    }),
    handler: ({ body, params, scope }) => followed(endCost(scope, params.id ?? "", body.endsOn)),
  }),
  DELETE: defineRoute({
    summary: "Takes an entry back, by posting its opposite",
    auth: "money:write",
    response: changed,
    audit: (_, { org, posted, provider }) => ({
      action: "costs.entry_taken_back",
      target: { kind: "organization", id: org, name: org },
      after: { provider, posted },
    }),
    handler: ({ params, scope }) => followed(endCost(scope, params.id ?? "", null)),
  }),
});
