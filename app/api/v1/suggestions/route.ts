import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enterSuggestions } from "@/lib/settings/reports/enter-suggestions";
import { suggestionEntrySchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Takes what became of what tools suggested, by day: a CSV file",
    auth: "users:manage",
    body: suggestionEntrySchema,
    largestBody: 8 * 1024 * 1024,
    response: z.strictObject({ entries: z.int() }),
    audit: ({ body: { org } }, answer) => ({
      action: "suggestions.entered",
      target: { kind: "organization", id: org, name: org },
      after: answer,
    }),
    handler: ({ body }) => enterSuggestions(body.org, body.csv),
  }),
});
