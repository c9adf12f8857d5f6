import { cookiesOf } from "@/lib/api/cookies";
import { defineRoute, routeMethods, WithHeaders } from "@/lib/api/define-route";
import { beginWithProvider, finishWithProvider } from "@/lib/auth/identity/sign-in";
import { beginProviderSchema, enteredSchema, finishProviderSchema, leaveSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Begins a sign-in with an identity provider: where to send the browser",
    auth: "public",
    body: beginProviderSchema,
    response: leaveSchema,
    handler: async ({ body: { next, provider }, request }) => {
      const { cookie, url } = await beginWithProvider({ providerId: provider, next, user: null }, request.headers);
      return new WithHeaders({ url }, cookiesOf([cookie]));
    },
  }),
  PUT: defineRoute({
    summary: "Ends it with what the provider sent back; the session is a cookie",
    auth: "public",
    body: finishProviderSchema,
    response: enteredSchema,
    handler: async ({ body, request }) => {
      const { cookies, next } = await finishWithProvider(body.answer, request.headers);
      return new WithHeaders({ next }, cookiesOf(cookies));
    },
  }),
});
