import { z } from "zod";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readBody, tryInput } from "@/lib/api/read-input";
import { AppError } from "@/lib/core/errors";
import { NotJson, readNativeBody } from "@/lib/events/native/read-native-body";
import { MOST_NATIVE_EVENTS, nativeEventSchema, verdictsSchema } from "@/lib/events/native/schema";
import { take } from "./take";

const LINES = "application/x-ndjson";
const TYPES = ["application/json", LINES];
const LARGEST = 32 * 1024 * 1024;

/** What names events without an id of their own; a signed webhook has one that stays when it is sent again. */
function idempotencyKeyOf({ headers }: Request): string | null {
  const key = headers.get("idempotency-key") ?? headers.get("webhook-id");
  if (key === null || /^[\x21-\x7e]{1,150}$/.test(key)) return key;
  throw new AppError({
    code: "bad_request",
    message: "An Idempotency-Key, or webhook-id, is a word of at most 150 letters, digits and signs.",
  });
}

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary:
      "Takes events of pull requests, CI, deployments, incidents, agents and costs: one, an array, or one on each line",
    auth: "events:write",
    takes: {
      schema: z.union([nativeEventSchema, z.array(nativeEventSchema).min(1).max(MOST_NATIVE_EVENTS)]),
      types: TYPES,
    },
    signedBytes: LARGEST,
    status: 207,
    response: verdictsSchema,
    handler: async ({ request, scope }) => {
      const idempotencyKey = idempotencyKeyOf(request);
      const { text, type } = await readBody(request, TYPES, LARGEST);
      const { items, pointerOf } = readNativeBody(text, type === LINES);
      const sent = items.map((item, index) => {
        if (item instanceof NotJson) return { errors: [{ pointer: pointerOf(index), detail: "is not JSON" }] };
        const read = tryInput(nativeEventSchema, item, pointerOf(index));
        return "value" in read ? { event: read.value } : read;
      });
      return take(scope, sent, {
        idempotencyKey,
        pointerOf: (index, field) => `${pointerOf(index)}/${field}`,
      });
    },
  }),
});
