import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { teamChoiceSchema } from "@/lib/auth/schema";
import { listTeamChoices } from "@/lib/auth/teams";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Every team that a lead or a viewer can be given",
    auth: "users:manage",
    response: z.object({ items: z.array(teamChoiceSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await listTeamChoices(), nextCursor: null }),
  }),
});
