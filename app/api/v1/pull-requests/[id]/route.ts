import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { findPullRequest } from "@/lib/metrics/explorer/closed-pull-request";
import { anyPullRequestSchema } from "@/lib/metrics/explorer/response-schemas";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary:
      "One pull request, merged or closed, with every verdict and, of a merged one, the reverts that it takes part in",
    auth: "reports:read",
    response: anyPullRequestSchema,
    handler: ({ scope, params }) => findPullRequest(scope, params.id ?? ""),
  }),
});
