import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { actorOf } from "@/lib/auth/actor";
import { createKey, listKeys } from "@/lib/auth/keys";
import { keyItemSchema, madeKeySchema, newKeySchema } from "@/lib/auth/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Every key: whose it is, what it may do, when it was used last",
    auth: "keys:manage",
    response: z.object({ items: z.array(keyItemSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await listKeys(), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Makes a key; it is shown this once",
    auth: "keys:manage",
    body: newKeySchema,
    response: madeKeySchema,
    handler: ({ body, caller, request }) => createKey(actorOf(caller, request.headers), body),
  }),
});
