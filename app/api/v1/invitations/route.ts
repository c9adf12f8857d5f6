import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { inviteUser, listInvitations } from "@/lib/auth/invitations";
import { managerOf } from "@/lib/auth/manager";
import { invitationItemSchema, inviteSchema, linkSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Links that were made and not used yet",
    auth: "users:manage",
    response: z.object({ items: z.array(invitationItemSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await listInvitations(), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Invites somebody by a link; its token is shown this once",
    auth: "users:manage",
    body: inviteSchema,
    response: linkSchema,
    handler: ({ body, caller, request }) => inviteUser(managerOf(caller, request.headers), body),
  }),
});
