import { cookiesOf } from "@/lib/api/cookies";
import { defineRoute, routeMethods, WithHeaders } from "@/lib/api/define-route";
import { changePassword } from "@/lib/auth/own-account";
import { DONE, doneSchema, passwordChangeSchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Changes one's own password and ends one's other sessions",
    auth: "signed-in",
    body: passwordChangeSchema,
    response: doneSchema,
    handler: async ({ body, caller, request }) =>
      new WithHeaders(DONE, cookiesOf(await changePassword(caller, body, request.headers))),
  }),
});
