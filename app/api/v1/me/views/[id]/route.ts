import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { DONE, doneSchema } from "@/lib/auth/schema";
import { removeView } from "@/lib/settings/saved-views";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Removes one of one's own saved views",
    auth: "signed-in",
    response: doneSchema,
    handler: async ({ caller, params }) => {
      await removeView(caller.id, params.id ?? "");
      return DONE;
    },
  }),
});
