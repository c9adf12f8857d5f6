import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { scenarioEntrySchema, scenarioSchema } from "@/lib/metrics/money/schema";
import { keepScenario, listScenarios } from "@/lib/settings/money/scenarios";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Lists the scenarios that were kept, every version of each, the latest first",
    auth: "money:read",
    response: z.strictObject({ items: z.array(scenarioSchema) }),
    handler: async ({ scope }) => ({ items: await listScenarios(scope) }),
  }),
  POST: defineRoute({
    summary: "Keeps the inputs of the model under a name, as the next version of it",
    auth: "money:write",
    body: scenarioEntrySchema,
    response: z.strictObject({ id: z.int(), version: z.int() }),
    audit: ({ body: { currency, inputs, name, org, team, why } }, { version }) => ({
      action: "roi.scenario_kept",
      target: { kind: "scenario", id: `${org}/${name}`, name },
      after: { version, team, currency, why, ...inputs },
    }),
    handler: ({ body, caller, scope }) => keepScenario(scope, body, caller.name),
  }),
});
