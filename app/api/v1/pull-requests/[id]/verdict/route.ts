import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enqueueProjection } from "@/lib/jobs/enqueue";
import { getPullRequest } from "@/lib/metrics/explorer/pull-request-detail";
import { correctPullRequest } from "@/lib/settings/corrections";
import { correctedSchema, correctionSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PATCH: defineRoute({
    summary:
      "Says in the place of the rules who wrote a pull request, what kind of work it is, whether and when it was rolled back",
    auth: "verdicts:write",
    body: correctionSchema,
    response: correctedSchema,
    audit: ({ body: { why }, params: { id = "" } }, { after, before }) => ({
      action: "verdict.corrected",
      target: { kind: "pull_request", id, name: id },
      before,
      after: { ...after, why },
    }),
    handler: async ({ body: { why, ...change }, caller, params, scope }) => {
      const { authorKind, id, mergedAt, number } = await getPullRequest(scope, params.id ?? "");
      const place = { repoId: Number.parseInt(id, 10), number };
      const corrected = await correctPullRequest(place, change, {
        by: caller.name,
        why,
        found: authorKind,
        mergedAt,
      });
      await enqueueProjection();
      return corrected;
    },
  }),
});
