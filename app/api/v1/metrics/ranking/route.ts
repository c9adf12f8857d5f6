import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { runRanking } from "@/lib/metrics/ranking";
import { rankingSchema } from "@/lib/metrics/response-schemas";
import { rankingQuerySchema } from "@/lib/metrics/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "A share by team, small teams pulled to the rate of all of them, with intervals",
    auth: "reports:read",
    body: rankingQuerySchema,
    response: rankingSchema,
    handler: ({ scope, body }) => runRanking(scope, body),
  }),
});
