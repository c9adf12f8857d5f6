import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readRetention, saveRetention } from "@/lib/settings/retention";
import { retentionSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "For how many days each kind of data is kept; null for ever",
    auth: "settings:manage",
    response: retentionSchema,
    handler: () => readRetention(),
  }),
  PUT: defineRoute({
    summary: "Sets for how many days each kind of data is kept",
    auth: "settings:manage",
    body: retentionSchema,
    response: retentionSchema,
    audit: ({ body }) => ({
      action: "retention.changed",
      target: { kind: "setting", id: null, name: "how long data is kept" },
      after: body,
    }),
    handler: async ({ body }) => {
      await saveRetention(body);
      return body;
    },
  }),
});
