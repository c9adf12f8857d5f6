import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { makeResetLink } from "@/lib/auth/invitations";
import { managerOf } from "@/lib/auth/manager";
import { linkSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Makes a link with which a user chooses a new password; its token is shown this once",
    auth: "users:manage",
    response: linkSchema,
    handler: ({ caller, params, request }) => makeResetLink(managerOf(caller, request.headers), params.id ?? ""),
  }),
});
