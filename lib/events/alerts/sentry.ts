import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { placedIn, severityOf } from "./alert-words";

const instant = z.iso.datetime({ offset: true });

/** Messages about other things than metric alerts hold none. */
const alert = z.looseObject({
  id: z.union([z.string().min(1), z.int()]),
  title: z.string().optional(),
  date_started: instant,
  date_closed: instant.nullish(),
  projects: z.array(z.string()).default([]),
});

/** Sentry's metric alerts; issues are read as defects where they are tracked, not here. */
export const sentry = sender(
  z.looseObject({ action: z.string(), data: z.looseObject({ metric_alert: alert.optional() }) }),
  ({ action, data: { metric_alert: said } }, place) => {
    if (said === undefined) return [];
    const incident = `sentry-${said.id}`;
    const base = { kind: "incident", incident, id: `${incident}:${action}`, ...placedIn(place, undefined) };
    if (action === "resolved") return [{ ...base, at: said.date_closed ?? undefined, state: "resolved" }];
    if (action !== "critical" && action !== "warning") return [];
    return [
      {
        ...base,
        at: said.date_started,
        state: "opened",
        title: said.title || incident,
        severity: severityOf(action),
        service: said.projects[0] ?? incident,
      },
    ];
  },
);
