import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { actorOf } from "@/lib/auth/actor";
import { changeProvider, removeProvider } from "@/lib/auth/identity/providers";
import { DONE, doneSchema, identityProviderChangeSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PATCH: defineRoute({
    summary: "Changes an identity provider; its issuer stays",
    auth: "users:manage",
    body: identityProviderChangeSchema,
    response: doneSchema,
    handler: async ({ body, caller, params, request }) => {
      await changeProvider(actorOf(caller, request.headers), params.id ?? "", body);
      return DONE;
    },
  }),
  DELETE: defineRoute({
    summary: "Removes an identity provider and every way to sign in with it",
    auth: "users:manage",
    response: doneSchema,
    handler: async ({ caller, params, request }) => {
      await removeProvider(actorOf(caller, request.headers), params.id ?? "");
      return DONE;
    },
  }),
});
