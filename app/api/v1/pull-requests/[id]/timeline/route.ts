import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readTimeline } from "@/lib/events/timeline";
import { findPullRequest } from "@/lib/metrics/explorer/closed-pull-request";
import { timelineSchema } from "@/lib/metrics/explorer/response-schemas";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "What happened to one pull request, oldest first, from the event log",
    auth: "reports:read",
    response: timelineSchema,
    handler: async ({ scope, params }) => {
      const { number, org, repo } = await findPullRequest(scope, params.id ?? "");
      return { ...(await readTimeline(org, repo.slice(org.length + 1), number)), nextCursor: null };
    },
  }),
});
