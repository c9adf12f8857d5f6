import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enterCostCentre } from "@/lib/events/costs/cost-centres";
import { costCentreSchema } from "@/lib/events/costs/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Says which cost centre a team is of, from a day to another; what was paid for it is told by centre then",
    auth: "money:write",
    body: costCentreSchema,
    response: z.strictObject({ id: z.int() }),
    audit: ({ body: { org, ...said } }) => ({
      action: "costs.centre_entered",
      target: { kind: "organization", id: org, name: org },
      after: said,
    }),
    handler: ({ body, caller, scope }) => enterCostCentre(scope, body, caller.name),
  }),
});
