import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { pauseConnection, resumeConnection } from "@/lib/connections/control";
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
    summary: "Pauses a connection, or goes on with it and tries again at once what failed",
    auth: "write",
    body: connectionChangeSchema,
    response: z.object({ id: z.int(), state: z.enum(["active", "paused"]) }),
    handler: async ({ body, params }) => {
      const { id } = await getConnection(idOf(params));
      if (body.state === "paused") await pauseConnection(id);
      else {
        await resumeConnection(id, new Date());
        await enqueueFollowing();
      }
      return { id, state: body.state };
    },
  }),
});
