import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { findPullRequest } from "@/lib/metrics/explorer/closed-pull-request";
import { readAgentSessions } from "@/lib/metrics/money/agent-sessions";
import { agentSessionsSchema } from "@/lib/metrics/money/response-schemas";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Sessions in which agents worked on a pull request, as they told, with what each cost and how it is known",
    auth: "money:read",
    response: agentSessionsSchema,
    handler: async ({ scope, params }) => {
      const { id } = await findPullRequest(scope, params.id ?? "");
      return { items: await readAgentSessions(scope, id) };
    },
  }),
});
