import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { deliveryDetailSchema } from "@/lib/events/inbox/delivery-schemas";
import { getDelivery } from "@/lib/events/inbox/list-deliveries";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "One delivery of a webhook with its headers and its body",
    auth: "connections:manage",
    response: deliveryDetailSchema,
    handler: ({ params }) => getDelivery(params.id ?? ""),
  }),
});
