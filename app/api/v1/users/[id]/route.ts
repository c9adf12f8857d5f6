import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { managerOf } from "@/lib/auth/manager";
import { DONE, doneSchema, userChangeSchema } from "@/lib/auth/schema";
import { changeUser } from "@/lib/auth/users";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PATCH: defineRoute({
    summary: "Changes the role or the teams of a user, disables or signs them out, or takes a lost second factor away",
    auth: "users:manage",
    body: userChangeSchema,
    response: doneSchema,
    handler: async ({ body, caller, params, request }) => {
      await changeUser(managerOf(caller, request.headers), params.id ?? "", body);
      return DONE;
    },
  }),
});
