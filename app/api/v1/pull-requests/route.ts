import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { pullRequestPageSchema } from "@/lib/metrics/explorer/response-schemas";
import { pullRequestListSchema } from "@/lib/metrics/list-schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Pull requests, merged unless others are asked for, with the evidence for each verdict, page by page",
    auth: "reports:read",
    query: pullRequestListSchema,
    response: pullRequestPageSchema,
    handler: ({ scope, query }) => listPullRequests(scope, query),
  }),
});
