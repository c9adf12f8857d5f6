import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { removeOwnIdentity } from "@/lib/auth/identity/own-identities";
import { DONE, doneSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Takes an identity provider away from the caller's account",
    auth: "signed-in",
    response: doneSchema,
    handler: async ({ caller, params, request }) => {
      await removeOwnIdentity(caller, params.id ?? "", request.headers);
      return DONE;
    },
  }),
});
