import { z } from "zod";
import { takeMessage } from "@/app/api/v1/events/doors";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { replayDelivery } from "@/lib/events/inbox/list-deliveries";
import { readMessage } from "@/lib/events/inbox/record-message";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Has a delivery read again, as if it had just come",
    auth: "connections:manage",
    response: z.object({ id: z.string() }),
    audit: (_input, { id }) => ({ action: "delivery.replayed", target: { kind: "delivery", id, name: id } }),
    handler: async ({ params, scope }) => {
      const id = params.id ?? "";
      const message = await readMessage(id);
      if (message === null) await replayDelivery(id);
      else await takeMessage(message, scope);
      return { id };
    },
  }),
});
