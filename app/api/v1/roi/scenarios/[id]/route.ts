import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { removeScenario } from "@/lib/settings/money/scenarios";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Offers a scenario no more; its versions stay as they were",
    auth: "money:write",
    response: z.strictObject({ name: z.string(), org: z.string() }),
    audit: (_, { name, org }) => ({
      action: "roi.scenario_removed",
      target: { kind: "scenario", id: `${org}/${name}`, name },
    }),
    handler: ({ params, scope }) => removeScenario(scope, params.id ?? ""),
  }),
});
