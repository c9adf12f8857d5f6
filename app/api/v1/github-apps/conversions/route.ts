import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { finishApp } from "@/lib/connections/apps";
import { appReturnSchema, knownAppSchema } from "@/lib/connections/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Keeps the GitHub App that someone came back from GitHub with",
    auth: "connections:manage",
    body: appReturnSchema,
    response: knownAppSchema,
    audit: (_input, { id, name }) => ({ action: "app.created", target: { kind: "app", id: String(id), name } }),
    handler: ({ body }) => finishApp(body),
  }),
});
