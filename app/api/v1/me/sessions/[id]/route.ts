import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { endOwnSession } from "@/lib/auth/own-account";
import { DONE, doneSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Ends one of one's own sessions",
    auth: "signed-in",
    response: doneSchema,
    handler: async ({ caller, params }) => {
      await endOwnSession(caller, params.id ?? "");
      return DONE;
    },
  }),
});
