import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { costFeedItemSchema, costFeedSchema, enterCostFeed, listCostFeeds } from "@/lib/settings/money/cost-feeds";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Accounts of vendors whose costs are asked for every day, and how that goes; without their keys",
    auth: "connections:manage",
    response: z.strictObject({ items: z.array(costFeedItemSchema) }),
    handler: async ({ scope }) => ({ items: await listCostFeeds(scope) }),
  }),
  POST: defineRoute({
    summary: "Has an account of a vendor asked for its costs every day",
    auth: "connections:manage",
    body: costFeedSchema,
    response: z.strictObject({ id: z.uuid() }),
    audit: ({ body: { account, agent, org, vendor } }, { id }) => ({
      action: "cost_feed.entered",
      target: { kind: "cost_feed", id, name: `${vendor} of ${org}` },
      after: { account, agent },
    }),
    handler: ({ body, caller, scope }) => enterCostFeed(scope, body, caller.name),
  }),
});
