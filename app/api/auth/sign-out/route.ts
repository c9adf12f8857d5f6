import { cookiesOf } from "@/lib/api/cookies";
import { defineRoute, routeMethods, WithHeaders } from "@/lib/api/define-route";
import { DONE, doneSchema } from "@/lib/auth/schema";
import { signOut } from "@/lib/auth/sign-in";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Ends the session of the request; without one there is nothing to do",
    auth: "public",
    response: doneSchema,
    handler: async ({ request }) => new WithHeaders(DONE, cookiesOf(await signOut(request.headers))),
  }),
});
