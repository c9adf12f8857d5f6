import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { placedIn, severityOf } from "./alert-words";

/** Messages about other things than incidents have other fields under the same names. */
const event = z.looseObject({
  id: z.string().min(1),
  event_type: z.string(),
  occurred_at: z.iso.datetime({ offset: true }),
  data: z.looseObject({
    id: z.string().optional().catch(undefined),
    title: z.string().optional().catch(undefined),
    created_at: z.iso.datetime({ offset: true }).optional().catch(undefined),
    urgency: z.string().optional().catch(undefined),
    priority: z.looseObject({ summary: z.string() }).nullish().catch(null),
    service: z.looseObject({ summary: z.string() }).nullish().catch(null),
  }),
});

/** Urgency says less than a priority: whether somebody is woken. */
const URGENCY: Readonly<Record<string, string>> = { high: "sev2", low: "sev4" };

/** PagerDuty's webhooks of version 3: what is triggered, and what is resolved. */
export const pagerduty = sender(z.looseObject({ event }), ({ event: { data, event_type, id, occurred_at } }, place) => {
  if (event_type !== "incident.triggered" && event_type !== "incident.resolved") return [];
  const { created_at, id: name, priority, service, title, urgency = "" } = data;
  const base = { kind: "incident", id, incident: name, ...placedIn(place, undefined) };
  if (event_type === "incident.resolved") return [{ ...base, at: occurred_at, state: "resolved" }];
  return [
    {
      ...base,
      at: created_at ?? occurred_at,
      state: "opened",
      title: title || name,
      severity: priority ? severityOf(priority.summary) : (URGENCY[urgency] ?? severityOf(undefined)),
      service: service?.summary ?? name,
    },
  ];
});
