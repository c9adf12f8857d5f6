import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { deliveriesQuerySchema, deliveryItemSchema } from "@/lib/events/inbox/delivery-schemas";
import { listDeliveries } from "@/lib/events/inbox/list-deliveries";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Deliveries of webhooks as they came, newest first, and what became of them",
    auth: "connections:manage",
    query: deliveriesQuerySchema,
    response: z.object({ items: z.array(deliveryItemSchema), nextCursor: z.string().nullable() }),
    handler: ({ query }) => listDeliveries(query),
  }),
});
