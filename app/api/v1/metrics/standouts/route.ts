import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { standoutsSchema } from "@/lib/metrics/response-schemas";
import { rankingQuerySchema } from "@/lib/metrics/schema";
import { runStandouts } from "@/lib/metrics/standouts";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Months in which a share was higher than in the rest of a period by more than chance",
    auth: "reports:read",
    body: rankingQuerySchema,
    response: standoutsSchema,
    handler: ({ scope, body }) => runStandouts(scope, body),
  }),
});
