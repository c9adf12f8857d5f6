import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { actorOf } from "@/lib/auth/actor";
import { revokeInvitation } from "@/lib/auth/invitations";
import { DONE, doneSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Ends an invitation link",
    auth: "users:manage",
    response: doneSchema,
    handler: async ({ caller, params, request }) => {
      await revokeInvitation(actorOf(caller, request.headers), params.id ?? "");
      return DONE;
    },
  }),
});
