import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { describeUser } from "@/lib/auth/caller";
import { meSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Who is signed in, and what they may do",
    auth: "signed-in",
    response: meSchema,
    handler: ({ caller }) => describeUser(caller),
  }),
});
