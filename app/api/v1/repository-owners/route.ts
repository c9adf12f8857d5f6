import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enqueueProjection } from "@/lib/jobs/enqueue";
import { assignOwner } from "@/lib/settings/assign-owner";
import { assignOwnerSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Makes a team the owner of a repository: what nothing else assigns belongs to it",
    auth: "connections:manage",
    body: assignOwnerSchema,
    response: z.object({ repository: z.string(), team: z.string() }),
    audit: ({ body: { from } }, { repository, team }) => ({
      action: "owner.assigned",
      target: { kind: "repository", id: repository, name: repository },
      after: { team, from },
    }),
    handler: async ({ body: { from, repository, team } }) => {
      await assignOwner({ repository, team, from: from === null ? null : new Date(from) });
      await enqueueProjection();
      return { repository, team };
    },
  }),
});
