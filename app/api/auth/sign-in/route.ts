import { cookiesOf } from "@/lib/api/cookies";
import { defineRoute, routeMethods, WithHeaders } from "@/lib/api/define-route";
import { signInAnswerSchema, signInSchema } from "@/lib/auth/schema";
import { signIn } from "@/lib/auth/sign-in";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Signs in with e-mail address and password; the session is a cookie",
    auth: "public",
    body: signInSchema,
    response: signInAnswerSchema,
    handler: async ({ body, request }) => {
      const { cookies, needsCode } = await signIn(body, request.headers);
      return new WithHeaders({ needsCode }, cookiesOf(cookies));
    },
  }),
});
