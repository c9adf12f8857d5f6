import { z } from "zod";
import { take } from "@/app/api/v1/events/take";
import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readJson, tryInput } from "@/lib/api/read-input";
import { AppError } from "@/lib/core/errors";
import { formatList } from "@/lib/core/format";
import type { AlertIncident } from "@/lib/events/alerts/alert-source";
import { ALERT_SOURCES } from "@/lib/events/alerts/registry";
import { nativeEventSchema, verdictsSchema } from "@/lib/events/native/schema";
import type { SentEvent } from "@/lib/events/native/take-native-events";

const LARGEST = 8 * 1024 * 1024;
const name = z.string().min(1).max(250).optional();
const PAYLOADS = z.union([...ALERT_SOURCES.values()].map(({ schema }) => schema));

/** An incident as one of our events; whatever is wrong with it is wrong with the message as a whole. */
function read(incident: AlertIncident): SentEvent {
  const event = tryInput(nativeEventSchema, incident, "");
  if ("value" in event) return { event: event.value };
  return {
    errors: event.errors.map(({ detail, pointer }) => ({ pointer: "", detail: `${pointer.slice(1)}: ${detail}` })),
  };
}

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: defineRoute({
    summary: "Takes alerts of Alertmanager, Grafana, PagerDuty, Opsgenie and Datadog as incidents",
    auth: "events:write",
    query: z.strictObject({ repository: name, organization: name, key: name }),
    takes: { schema: PAYLOADS, types: ["application/json"] },
    signedBytes: LARGEST,
    status: 207,
    response: verdictsSchema,
    handler: async ({ params, query, request, scope }) => {
      const source = ALERT_SOURCES.get(params.source ?? "");
      if (source === undefined) {
        const message = `There is no source of alerts ${params.source}: there are ${formatList([...ALERT_SOURCES.keys()])}.`;
        throw new AppError({ code: "not_found", message });
      }
      const payload = tryInput(source.schema, await readJson(request, LARGEST), "");
      if (!("value" in payload)) return take(scope, [payload], AT_WHOLE);
      const incidents = source.map(payload.value, query);
      return take(scope, incidents.length === 0 ? [{ isNeeded: false }] : incidents.map(read), AT_WHOLE);
    },
  }),
});

const AT_WHOLE = { idempotencyKey: null, pointerOf: () => "" };
