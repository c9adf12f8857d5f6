import { z } from "zod";
import { LARGEST_REQUEST, takeRequest } from "@/app/api/v1/events/doors";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { CLOUD_EVENT_TYPES } from "@/lib/events/cdevents/decode-cloud-events";
import { cdEventSchema } from "@/lib/events/cdevents/schema";
import { MOST_NATIVE_EVENTS, verdictsSchema } from "@/lib/events/native/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Takes CDEvents in CloudEvents, structured, batched or binary: changes, pipelines, services and incidents",
    auth: "events:write",
    takes: { schema: z.union([cdEventSchema, z.array(z.unknown()).max(MOST_NATIVE_EVENTS)]), types: CLOUD_EVENT_TYPES },
    signedBytes: LARGEST_REQUEST,
    status: 207,
    response: verdictsSchema,
    handler: ({ request, scope }) => takeRequest("cdevents", request, scope),
  }),
});
