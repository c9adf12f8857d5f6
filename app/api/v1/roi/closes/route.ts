import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { freezeMonth, readCloses } from "@/lib/metrics/closes/read-closes";
import { closeMonthSchema, closesQuerySchema, monthClosesSchema } from "@/lib/metrics/closes/schema";
import { keepClose } from "@/lib/settings/money/closes";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary:
      "Lists the months of an organisation that were closed, and what the open one comes to with what is posted in it",
    auth: "money:read",
    query: closesQuerySchema,
    response: monthClosesSchema,
    handler: ({ query, scope }) => readCloses(scope, query.org, new Date()),
  }),
  POST: defineRoute({
    summary: "Closes a month: its figures and everything that they are worked out from are frozen under a hash",
    auth: "money:write",
    body: closeMonthSchema,
    response: z.strictObject({ id: z.int(), version: z.int(), sha256: z.string() }),
    audit: ({ body: { month, org } }, { sha256, version }) => ({
      action: "month.closed",
      target: { kind: "organization", id: org, name: org },
      after: { month, version, sha256 },
    }),
    handler: async ({ body, caller, scope }) => keepClose(await freezeMonth(scope, body, new Date()), caller.name),
  }),
});
