import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { COST_VENDORS } from "@/lib/core/cost-feeds";
import { askCostFeedNow } from "@/lib/settings/money/cost-feeds";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Has an account asked within a minute, and not tomorrow",
    auth: "connections:manage",
    response: z.strictObject({ org: z.string(), vendor: z.enum(COST_VENDORS) }),
    audit: ({ params }, { org, vendor }) => ({
      action: "cost_feed.asked",
      target: { kind: "cost_feed", id: params.id ?? "", name: `${vendor} of ${org}` },
    }),
    handler: ({ params, scope }) => askCostFeedNow(scope, params.id ?? ""),
  }),
});
