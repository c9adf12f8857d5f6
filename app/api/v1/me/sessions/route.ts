import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { endOtherSessions, listOwnSessions } from "@/lib/auth/own-account";
import { DONE, doneSchema, sessionItemSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "One's own sessions",
    auth: "signed-in",
    response: z.object({ items: z.array(sessionItemSchema), nextCursor: z.null() }),
    handler: async ({ caller }) => ({ items: await listOwnSessions(caller), nextCursor: null }),
  }),
  DELETE: defineRoute({
    summary: "Ends all of one's own sessions but this one",
    auth: "signed-in",
    response: doneSchema,
    handler: async ({ caller }) => {
      await endOtherSessions(caller);
      return DONE;
    },
  }),
});
