import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enqueuePreview } from "@/lib/jobs/enqueue";
import { assertKnownAgents, organizationOf } from "@/lib/settings/rules";
import { rulePreviewRequestSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Starts to work out what other rules would change; nothing is changed by it",
    auth: "settings:manage",
    body: rulePreviewRequestSchema,
    response: z.strictObject({ id: z.uuid() }),
    handler: async ({ body: { org, rules } }) => {
      const orgId = await organizationOf(org);
      await assertKnownAgents(rules);
      return { id: await enqueuePreview(orgId, rules) };
    },
  }),
});
