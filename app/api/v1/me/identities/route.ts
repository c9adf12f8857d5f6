import { z } from "zod";
import { cookiesOf } from "@/lib/api/cookies";
import { defineRoute, routeMethods, WithHeaders } from "@/lib/api/define-route";
import { listOwnIdentities } from "@/lib/auth/identity/own-identities";
import { beginWithProvider } from "@/lib/auth/identity/sign-in";
import { beginProviderSchema, leaveSchema, ownIdentitySchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Identity providers, and whether the caller signs in with them",
    auth: "signed-in",
    response: z.object({ items: z.array(ownIdentitySchema), nextCursor: z.null() }),
    handler: async ({ caller }) => ({ items: await listOwnIdentities(caller), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Begins to add an identity provider to the caller's account",
    auth: "signed-in",
    body: beginProviderSchema,
    response: leaveSchema,
    handler: async ({ body: { next, provider }, caller, request }) => {
      const { cookie, url } = await beginWithProvider({ providerId: provider, next, user: caller }, request.headers);
      return new WithHeaders({ url }, cookiesOf([cookie]));
    },
  }),
});
