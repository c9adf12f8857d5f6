import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { teamItemSchema } from "@/lib/auth/schema";
import { listTeams } from "@/lib/auth/teams";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Every team: how many are in it, what it owns, which leads and viewers see it",
    auth: "users:manage",
    response: z.object({ items: z.array(teamItemSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await listTeams(), nextCursor: null }),
  }),
});
