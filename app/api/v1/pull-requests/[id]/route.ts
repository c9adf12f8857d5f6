import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { getPullRequest } from "@/lib/metrics/explorer/pull-request-detail";
import { pullRequestDetailSchema } from "@/lib/metrics/response-schemas";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "One merged pull request with every verdict and the reverts that it takes part in",
    auth: "reports:read",
    response: pullRequestDetailSchema,
    handler: ({ scope, params }) => getPullRequest(scope, params.id ?? ""),
  }),
});
