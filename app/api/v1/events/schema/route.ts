import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { jsonSchemaOf } from "@/lib/api/openapi";
import { nativeEventSchema } from "@/lib/events/native/schema";

const JSON_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "An event of Fleetgauge",
  ...jsonSchemaOf(nativeEventSchema, "input"),
};

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "The JSON Schema of an event, as POST /api/v1/events takes it",
    auth: "public",
    response: z.record(z.string(), z.unknown()),
    handler: () => JSON_SCHEMA,
  }),
});
