import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { connectInstallation, connectNewInstallations } from "@/lib/connections/apps";
import { connectAnswerSchema, installationSchema } from "@/lib/connections/schema";
import { enqueueFollowing } from "@/lib/jobs/enqueue";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Connects the account that a GitHub App of this installation was installed on, or all that are new",
    auth: "connections:manage",
    body: installationSchema,
    response: z.object({ items: z.array(connectAnswerSchema) }),
    audit: (_input, { items }) => ({
      action: "app.followed",
      target: { kind: "connection", id: null, name: null },
      after: items.map(({ account }) => account),
    }),
    handler: async ({ body: { installationId } }) => {
      const items =
        installationId === null ? await connectNewInstallations() : [await connectInstallation(BigInt(installationId))];
      await enqueueFollowing();
      return { items };
    },
  }),
});
