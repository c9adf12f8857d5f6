import { cookiesOf } from "@/lib/api/cookies";
import { defineRoute, routeMethods, WithHeaders } from "@/lib/api/define-route";
import { actorOf } from "@/lib/auth/actor";
import { setUpSchema, signInAnswerSchema } from "@/lib/auth/schema";
import { setUpOwner } from "@/lib/auth/set-up";
import { signIn } from "@/lib/auth/sign-in";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Makes the first owner with the code that the server printed at its start, and signs them in",
    auth: "public",
    body: setUpSchema,
    response: signInAnswerSchema,
    handler: async ({ body, request: { headers } }) => {
      await setUpOwner(body, actorOf(null, headers));
      const { cookies, needsCode } = await signIn(body, headers);
      return new WithHeaders({ needsCode }, cookiesOf(cookies));
    },
  }),
});
