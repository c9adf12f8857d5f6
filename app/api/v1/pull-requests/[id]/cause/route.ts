import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { AppError } from "@/lib/core/errors";
import { enqueueProjection } from "@/lib/jobs/enqueue";
import { findPullRequest } from "@/lib/metrics/explorer/closed-pull-request";
import { failureCauseSchema } from "@/lib/settings/schema";
import { setFailureCause } from "@/lib/settings/triage";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Says why a pull request failed: the share of each cause follows",
    auth: "verdicts:write",
    body: failureCauseSchema,
    response: failureCauseSchema,
    audit: ({ body: { cause }, params: { id = "" } }) => ({
      action: "failure.triaged",
      target: { kind: "pull_request", id, name: id },
      after: { cause },
    }),
    handler: async ({ body: { cause }, params, scope }) => {
      const { failure, id, number } = await findPullRequest(scope, params.id ?? "");
      if (failure === null) {
        throw new AppError({
          code: "unprocessable",
          message: "This pull request has not failed: it was not rolled back, not reworked, and no defect names it.",
          pointer: "/cause",
        });
      }
      const repoId = Number.parseInt(id, 10);
      await setFailureCause({ repoId, number }, cause);
      await enqueueProjection();
      return { cause };
    },
  }),
});
