import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { clientWith } from "@/lib/connections/client-of";
import { connectAccount } from "@/lib/connections/connect";
import { describeConnections } from "@/lib/connections/list-connections";
import { connectAnswerSchema, connectionItemSchema, connectRequestSchema } from "@/lib/connections/schema";
import { enqueueFollowing } from "@/lib/jobs/enqueue";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "The accounts at GitHub that are followed, and how far their reading is",
    auth: "connections:manage",
    response: z.object({ items: z.array(connectionItemSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await describeConnections(), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Connects an account at GitHub with a fine-grained token, after trying what it may read",
    auth: "connections:manage",
    body: connectRequestSchema,
    response: connectAnswerSchema,
    audit: (_input, { account, id, selected }) => ({
      action: "connection.created",
      target: { kind: "connection", id: String(id), name: account },
      after: { by: "token", repositories: selected },
    }),
    handler: async ({ body }) => {
      const connected = await connectAccount(
        clientWith(body.apiUrl, async () => body.token),
        body,
      );
      await enqueueFollowing();
      return connected;
    },
  }),
});
