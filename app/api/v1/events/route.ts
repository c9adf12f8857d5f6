import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { MOST_NATIVE_EVENTS, nativeEventSchema, verdictsSchema } from "@/lib/events/native/schema";
import { EVENT_TYPES, LARGEST_REQUEST, takeRequest } from "./doors";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary:
      "Takes events of pull requests, CI, deployments, incidents, agents and costs: one, an array, or one on each line",
    auth: "events:write",
    takes: {
      schema: z.union([nativeEventSchema, z.array(nativeEventSchema).min(1).max(MOST_NATIVE_EVENTS)]),
      types: EVENT_TYPES,
    },
    signedBytes: LARGEST_REQUEST,
    status: 207,
    response: verdictsSchema,
    handler: ({ request, scope }) => takeRequest("events", request, scope),
  }),
});
