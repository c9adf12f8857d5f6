import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { listViews, saveView } from "@/lib/settings/saved-views";
import { savedViewEntrySchema, savedViewSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "One's own saved views and those that others share",
    auth: "signed-in",
    response: z.object({ items: z.array(savedViewSchema), nextCursor: z.null() }),
    handler: async ({ caller }) => ({ items: await listViews(caller.id), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Saves a page with its period and filters by a name",
    auth: "signed-in",
    body: savedViewEntrySchema,
    response: z.strictObject({ id: z.int() }),
    handler: async ({ body, caller }) => ({ id: await saveView(caller.id, body) }),
  }),
});
