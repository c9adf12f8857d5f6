import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { chooseWhatIsRead, pauseConnection, resumeConnection } from "@/lib/connections/control";
import { connectionChangeSchema } from "@/lib/connections/schema";
import { AppError } from "@/lib/core/errors";
import { enqueueFollowing } from "@/lib/jobs/enqueue";
import { getConnection } from "@/lib/settings/github/connections";

function idOf({ id }: Record<string, string>): number {
  if (/^[1-9]\d{0,8}$/.test(id ?? "")) return Number(id);
  throw new AppError({ code: "not_found", message: "There is no such connection." });
}

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Pauses a connection, goes on with it and tries again what failed, or changes what is read of it",
    auth: "connections:manage",
    body: connectionChangeSchema,
    response: z.object({ id: z.int(), account: z.string() }),
    audit: ({ body: { depthDays, selection, state } }, { account, id }) => ({
      action: "connection.changed",
      target: { kind: "connection", id: String(id), name: account },
      after: {
        ...(state !== undefined && { state }),
        ...(depthDays !== undefined && { depthDays }),
        ...(selection !== undefined && { selection }),
      },
    }),
    handler: async ({ body: { depthDays, selection, state }, params }) => {
      const { account, id } = await getConnection(idOf(params));
      if (selection !== undefined || depthDays !== undefined) await chooseWhatIsRead(id, { selection, depthDays });
      if (state === "paused") await pauseConnection(id);
      if (state === "active") await resumeConnection(id, new Date());
      await enqueueFollowing();
      return { id, account };
    },
  }),
});
