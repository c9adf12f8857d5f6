import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { DONE, doneSchema } from "@/lib/auth/schema";
import { removeMilestone } from "@/lib/settings/milestones";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Takes the mark of a day away",
    auth: "verdicts:write",
    response: doneSchema,
    audit: ({ params: { id = "" } }) => ({ action: "milestone.removed", target: { kind: "milestone", id, name: id } }),
    handler: async ({ params, scope }) => {
      await removeMilestone(scope, params.id ?? "");
      return DONE;
    },
  }),
});
