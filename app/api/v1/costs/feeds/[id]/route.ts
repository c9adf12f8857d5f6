import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { COST_VENDORS } from "@/lib/core/cost-feeds";
import { removeCostFeed } from "@/lib/settings/money/cost-feeds";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  DELETE: defineRoute({
    summary: "Asks an account no more and forgets its key; what it told stays in the books",
    auth: "connections:manage",
    response: z.strictObject({ org: z.string(), vendor: z.enum(COST_VENDORS) }),
    audit: ({ params }, { org, vendor }) => ({
      action: "cost_feed.removed",
      target: { kind: "cost_feed", id: params.id ?? "", name: `${vendor} of ${org}` },
    }),
    handler: ({ params, scope }) => removeCostFeed(scope, params.id ?? ""),
  }),
});
