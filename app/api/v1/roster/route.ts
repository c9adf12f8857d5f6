import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enqueueProjection } from "@/lib/jobs/enqueue";
import { enterRoster } from "@/lib/settings/roster-entry/enter-roster";
import { readRosterCsv } from "@/lib/settings/roster-entry/read-roster-csv";
import { enteredRosterSchema, enterRosterSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  PUT: defineRoute({
    summary: "Says who is in which team since when, instead of what was said before: a CSV file",
    auth: "users:manage",
    body: enterRosterSchema,
    response: enteredRosterSchema,
    audit: ({ body: { org } }, { lines, people, teams }) => ({
      action: "roster.entered",
      target: { kind: "organization", id: org, name: org },
      after: { people, teams, lines },
    }),
    handler: async ({ body: { csv, org } }) => {
      const entered = await enterRoster(org, readRosterCsv(csv));
      await enqueueProjection();
      return entered;
    },
  }),
});
