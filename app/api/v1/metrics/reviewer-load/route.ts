import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { reviewerLoadSchema } from "@/lib/metrics/response-schemas";
import { readReviewerLoad } from "@/lib/metrics/reviewer-load";
import { reviewerLoadQuerySchema } from "@/lib/metrics/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "How the estimated hours of review are spread over people, of whom nobody is named",
    auth: "reports:read",
    body: reviewerLoadQuerySchema,
    response: reviewerLoadSchema,
    handler: ({ scope, body }) => readReviewerLoad(scope, body),
  }),
});
