import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { runFirstEvents } from "@/lib/metrics/first-events";
import { firstEventsSchema } from "@/lib/metrics/response-schemas";
import { firstEventsQuerySchema } from "@/lib/metrics/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary:
      "What went wrong first after the merge: reverts, older versions deployed, hotfixes and incidents, each switchable",
    auth: "reports:read",
    body: firstEventsQuerySchema,
    response: firstEventsSchema,
    handler: ({ scope, body }) => runFirstEvents(scope, body),
  }),
});
