import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readClose } from "@/lib/metrics/closes/read-closes";
import { closeSchema } from "@/lib/metrics/closes/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "A month as it was frozen, and whether it comes to the same bytes when it is worked out again",
    auth: "money:read",
    response: closeSchema,
    handler: ({ params, scope }) => readClose(scope, params.id ?? ""),
  }),
});
