import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { replayDelivery } from "@/lib/events/inbox/list-deliveries";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Has a delivery read again, as if it had just come",
    auth: "connections:manage",
    response: z.object({ id: z.string() }),
    audit: (_input, { id }) => ({ action: "delivery.replayed", target: { kind: "delivery", id, name: id } }),
    handler: async ({ params }) => {
      const id = params.id ?? "";
      await replayDelivery(id);
      return { id };
    },
  }),
});
