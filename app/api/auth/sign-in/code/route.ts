import { cookiesOf } from "@/lib/api/cookies";
import { defineRoute, routeMethods, WithHeaders } from "@/lib/api/define-route";
import { codeSchema, signInAnswerSchema } from "@/lib/auth/schema";
import { confirmSignIn } from "@/lib/auth/sign-in";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "The second step of a sign-in: a code of the authenticator, or a backup code",
    auth: "public",
    body: codeSchema,
    response: signInAnswerSchema,
    handler: async ({ body, request }) => {
      const { cookies, needsCode } = await confirmSignIn(body.code, request.headers);
      return new WithHeaders({ needsCode }, cookiesOf(cookies));
    },
  }),
});
