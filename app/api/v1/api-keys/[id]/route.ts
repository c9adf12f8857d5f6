import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { actorOf } from "@/lib/auth/actor";
import { revokeKey } from "@/lib/auth/keys";
import { DONE, doneSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Ends a key: the next request with it is refused",
    auth: "keys:manage",
    response: doneSchema,
    handler: async ({ caller, params, request }) => {
      await revokeKey(actorOf(caller, request.headers), params.id ?? "");
      return DONE;
    },
  }),
});
