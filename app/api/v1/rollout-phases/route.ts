import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enterRolloutPhases } from "@/lib/settings/rollout-phases";
import { rolloutPhasesSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Says since when a team plans, tries, takes up and has agents",
    auth: "users:manage",
    body: rolloutPhasesSchema,
    response: rolloutPhasesSchema,
    audit: ({ body: { org, phases, team } }) => ({
      action: "rollout.changed",
      target: { kind: "team", id: `${org}/${team}`, name: team },
      after: Object.fromEntries(phases.map(({ phase, startsOn }) => [phase, startsOn])),
    }),
    handler: async ({ body }) => {
      await enterRolloutPhases(body);
      return body;
    },
  }),
});
