import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { placedIn, severityOf } from "./alert-words";

/** Up to the year 2286, in nanoseconds. */
const count = z.number().positive().max(1e19);

const alert = z.looseObject({
  alertId: z.string().min(1),
  message: z.string().optional(),
  priority: z.string().optional(),
  entity: z.string().optional(),
  source: z.string().optional(),
  createdAt: count,
  updatedAt: count.optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** From here on a count is of nanoseconds: in milliseconds it would be after the year 5000. */
const NANOSECONDS_FROM = 1e14;

/** Opsgenie counts milliseconds in one field and nanoseconds in the other. */
const instantOf = (since: number): string =>
  new Date(Math.floor(since >= NANOSECONDS_FROM ? since / 1e6 : since)).toISOString();

/** Opsgenie's webhooks: alerts that are created and closed. */
export const opsgenie = sender(z.looseObject({ action: z.string(), alert }), ({ action, alert: said }, place) => {
  const { alertId, createdAt, details = {}, entity, message, priority, source, updatedAt } = said;
  const repository = typeof details.repository === "string" ? details.repository : undefined;
  const base = { kind: "incident", incident: alertId, ...placedIn(place, repository) };
  if (action === "Close") {
    const at = updatedAt === undefined ? undefined : instantOf(updatedAt);
    return [{ ...base, id: `${alertId}:closed`, at, state: "resolved" }];
  }
  if (action !== "Create") return [];
  return [
    {
      ...base,
      id: `${alertId}:created`,
      at: instantOf(createdAt),
      state: "opened",
      title: message || alertId,
      severity: severityOf(priority),
      service: entity || source || alertId,
    },
  ];
});
