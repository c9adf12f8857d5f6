import { z } from "zod";
import { take } from "@/app/api/v1/events/take";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readBody, tryInput } from "@/lib/api/read-input";
import { CLOUD_EVENT_TYPES, decodeCloudEvents, type Unwrapped } from "@/lib/events/cdevents/decode-cloud-events";
import { mapCdEvent, pointerInCdEvent } from "@/lib/events/cdevents/map-cdevent";
import { cdEventSchema } from "@/lib/events/cdevents/schema";
import { MOST_NATIVE_EVENTS, nativeEventSchema, verdictsSchema } from "@/lib/events/native/schema";
import type { SentEvent } from "@/lib/events/native/take-native-events";

const LARGEST = 32 * 1024 * 1024;

const MISSING =
  "is missing: where CDEvents have no field for it, say it in customData, or in the package URL of the artifact (docs/events.md)";

/** A CDEvent as one of ours; what is wrong with it is pointed at where it stands in the CDEvent. */
function read({ data, pointer }: Unwrapped): SentEvent {
  const found = tryInput(cdEventSchema, data, pointer);
  if (!("value" in found)) return found;
  const mapped = mapCdEvent(found.value);
  if (mapped === null) return { isNeeded: false };
  const event = tryInput(nativeEventSchema, mapped, "");
  if ("value" in event) return { event: event.value };
  return {
    errors: event.errors.map(({ detail, pointer: field }) => ({
      detail: mapped[field.slice(1)] === undefined ? MISSING : detail,
      pointer: pointer + pointerInCdEvent(field),
    })),
  };
}

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Takes CDEvents in CloudEvents, structured, batched or binary: changes, pipelines, services and incidents",
    auth: "events:write",
    takes: { schema: z.union([cdEventSchema, z.array(z.unknown()).max(MOST_NATIVE_EVENTS)]), types: CLOUD_EVENT_TYPES },
    signedBytes: LARGEST,
    status: 207,
    response: verdictsSchema,
    handler: async ({ request, scope }) => {
      const { text, type } = await readBody(request, CLOUD_EVENT_TYPES, LARGEST);
      const unwrapped = decodeCloudEvents(text, type);
      return take(scope, unwrapped.map(read), {
        idempotencyKey: null,
        pointerOf: (index, field) => `${unwrapped[index]?.pointer ?? ""}${pointerInCdEvent(`/${field}`)}`,
      });
    },
  }),
});
