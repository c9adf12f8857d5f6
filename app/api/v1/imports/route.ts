import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { enqueueImport } from "@/lib/jobs/enqueue";
import { listImports } from "@/lib/settings/imports";
import { importItemSchema, importRequestSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "The latest imports that were started here, newest first, and how far they are",
    auth: "connections:manage",
    response: z.object({ items: z.array(importItemSchema), nextCursor: z.null() }),
    handler: async () => ({ items: await listImports(), nextCursor: null }),
  }),
  POST: defineRoute({
    summary: "Starts the import of a clone on the machine that the server runs on",
    auth: "connections:manage",
    body: importRequestSchema,
    response: z.object({ id: z.uuid() }),
    audit: ({ body: { path } }, { id }) => ({
      action: "import.started",
      target: { kind: "import", id, name: path },
    }),
    handler: async ({ body }) => ({ id: await enqueueImport(body) }),
  }),
});
