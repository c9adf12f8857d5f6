import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { endCostCentre } from "@/lib/events/costs/cost-centres";
import { costCentreEndSchema } from "@/lib/events/costs/schema";

const changed = z.strictObject({ org: z.string(), code: z.string(), team: z.string() });

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Says until which day a team is of a cost centre",
    auth: "money:write",
    body: costCentreEndSchema,
    response: changed,
    audit: ({ body: { validTo } }, { code, org, team }) => ({
      action: "costs.centre_ended",
      target: { kind: "organization", id: org, name: org },
      after: { code, team, validTo },
    }),
    handler: ({ body, params, scope }) => endCostCentre(scope, params.id ?? "", body.validTo),
  }),
  DELETE: defineRoute({
    summary: "Takes back that a team is of a cost centre",
    auth: "money:write",
    response: changed,
    audit: (_, { code, org, team }) => ({
      action: "costs.centre_taken_back",
      target: { kind: "organization", id: org, name: org },
      after: { code, team },
    }),
    handler: ({ params, scope }) => endCostCentre(scope, params.id ?? "", null),
  }),
});
