import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { actorOf } from "@/lib/auth/actor";
import { addProvider, listProviders } from "@/lib/auth/identity/providers";
import { addedProviderSchema, identityProviderSchema, newIdentityProviderSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Identity providers that people sign in with, without their secrets",
    auth: "users:manage",
    response: z.object({ items: z.array(identityProviderSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await listProviders(), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Adds an OpenID Connect provider, after asking whether it is one",
    auth: "users:manage",
    body: newIdentityProviderSchema,
    response: addedProviderSchema,
    handler: async ({ body, caller, request }) => ({ id: await addProvider(actorOf(caller, request.headers), body) }),
  }),
});
