import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { reopenSchema } from "@/lib/metrics/closes/schema";
import { reopenClose } from "@/lib/settings/money/closes";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Opens the last month that was closed again; what it was closed with stays",
    auth: "money:write",
    body: reopenSchema,
    response: z.strictObject({ org: z.string(), month: z.string() }),
    audit: ({ body: { reason }, params: { id = "" } }, { month, org }) => ({
      action: "month.reopened",
      target: { kind: "organization", id: org, name: org },
      after: { month, close: id, reason },
    }),
    handler: ({ body, caller, params, scope }) =>
      reopenClose(scope, { id: params.id ?? "", reason: body.reason }, caller.name),
  }),
});
