import { z } from "zod";
import { followed } from "@/app/api/v1/costs/followed";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { takeBackCosts } from "@/lib/events/costs/enter-costs";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Takes back what a file of costs told, by posting its opposite",
    auth: "money:write",
    response: z.strictObject({ posted: z.int(), source: z.string(), org: z.string() }),
    audit: ({ params: { id = "" } }, { org, posted, source }) => ({
      action: "costs.taken_back",
      target: { kind: "organization", id: org, name: org },
      after: { source, file: id, posted },
    }),
    handler: ({ caller, params, scope }) => followed(takeBackCosts(scope, params.id ?? "", caller.name)),
  }),
});
