import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { beginApp, listKnownApps } from "@/lib/connections/apps";
import { appBeginningSchema, beginAppSchema, knownAppSchema } from "@/lib/connections/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "The GitHub Apps that were made for this installation",
    auth: "connections:manage",
    response: z.object({ items: z.array(knownAppSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await listKnownApps(), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Begins the making of a GitHub App: the manifest that a browser takes to GitHub",
    auth: "connections:manage",
    body: beginAppSchema,
    response: appBeginningSchema,
    audit: ({ body: { account } }) => ({
      action: "app_request.created",
      target: { kind: "app_request", id: null, name: account ?? "an account of one's own" },
    }),
    handler: ({ body }) => beginApp(body),
  }),
});
