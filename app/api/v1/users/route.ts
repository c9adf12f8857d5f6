import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { userItemSchema } from "@/lib/auth/schema";
import { listUsers } from "@/lib/auth/users";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Everybody who can sign in, or could before being disabled",
    auth: "users:manage",
    response: z.object({ items: z.array(userItemSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await listUsers(), nextCursor: null }),
  }),
});
