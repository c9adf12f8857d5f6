import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { addMilestone, listMilestones } from "@/lib/settings/milestones";
import { milestoneEntrySchema, milestoneSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "What was changed about how agents work, and when",
    auth: "reports:read",
    response: z.object({ items: z.array(milestoneSchema), nextCursor: z.null() }),
    handler: async ({ scope }) => ({ items: await listMilestones(scope), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Marks a day on which something about how agents work was changed",
    auth: "verdicts:write",
    body: milestoneEntrySchema,
    response: z.strictObject({ id: z.int() }),
    audit: ({ body: { day, kind, org, team, title } }, { id }) => ({
      action: "milestone.added",
      target: { kind: "milestone", id: String(id), name: title },
      after: { org, team, day, kind },
    }),
    handler: async ({ body, caller, scope }) => ({ id: await addMilestone(scope, body, caller.name) }),
  }),
});
