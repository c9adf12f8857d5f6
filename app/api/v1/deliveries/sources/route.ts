import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { doorTrafficSchema } from "@/lib/events/inbox/delivery-schemas";
import { listTraffic } from "@/lib/events/inbox/list-deliveries";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "Who sends: when last, how much in seven days, and how much of it was refused",
    auth: "connections:manage",
    response: z.object({ items: z.array(doorTrafficSchema) }),
    handler: async () => ({ items: await listTraffic() }),
  }),
});
