import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { placedIn, severityOf } from "./alert-words";

const instant = z.iso.datetime({ offset: true });
const incident = z.looseObject({
  id: z.string().min(1),
  reference: z.string().optional(),
  name: z.string().optional(),
  created_at: instant,
  updated_at: instant.optional(),
  severity: z.looseObject({ name: z.string() }).nullish(),
});
const status = z.looseObject({ category: z.string() });

const CREATED = "public_incident.incident_created_v2";
const MOVED = "public_incident.incident_status_updated_v2";
/** What comes after the end of an incident: people look back at it, or it is closed. */
const OVER: ReadonlySet<string> = new Set(["learning", "closed"]);

/** incident.io: what is declared, and what comes to its end. */
export const incidentIo = sender(
  z.looseObject({
    event_type: z.string(),
    [CREATED]: incident.optional(),
    [MOVED]: z.looseObject({ incident, new_status: status, previous_status: status.optional() }).optional(),
  }),
  (message, place) => {
    const created = message[CREATED];
    if (created !== undefined) {
      const { created_at: at, id, name, reference, severity } = created;
      const known = reference ?? id;
      return [
        {
          kind: "incident",
          id: `${id}:created`,
          incident: id,
          at,
          state: "opened",
          title: name || known,
          severity: severityOf(severity?.name),
          service: known,
          ...placedIn(place, undefined),
        },
      ];
    }
    const moved = message[MOVED];
    if (moved === undefined || !OVER.has(moved.new_status.category)) return [];
    // Closing what people had been looking back at ends nothing.
    if (OVER.has(moved.previous_status?.category ?? "")) return [];
    const { id, updated_at: at } = moved.incident;
    return [{ kind: "incident", id: `${id}:over`, incident: id, at, state: "resolved", ...placedIn(place, undefined) }];
  },
);
