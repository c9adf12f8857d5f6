import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enqueueProjection } from "@/lib/jobs/enqueue";
import { describeRules, saveRules } from "@/lib/settings/rules";
import { ruleEntrySchema, rulesSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "What an organisation says in the place of the shipped rules of attribution, with every version of it",
    auth: "settings:manage",
    query: z.object({ org: z.string().min(1).max(100) }),
    response: rulesSchema,
    handler: ({ query: { org } }) => describeRules(org),
  }),
  PUT: defineRoute({
    summary: "Stores a new version of an organisation's rules, and has everything worked out by it again",
    auth: "settings:manage",
    body: ruleEntrySchema,
    response: z.strictObject({ version: z.int() }),
    audit: ({ body: { org, rules, why } }, { version }) => ({
      action: "rules.changed",
      target: { kind: "organization", id: org, name: org },
      after: { version, why, ...Object.fromEntries(Object.entries(rules).map(([kind, some]) => [kind, some.length])) },
    }),
    handler: async ({ body: { org, ...entry }, caller }) => {
      const version = await saveRules(org, { ...entry, by: caller.name });
      await enqueueProjection();
      return { version };
    },
  }),
});
