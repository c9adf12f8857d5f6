import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { placedIn, severityOf } from "./alert-words";

const labels = z.record(z.string(), z.string()).default({});

const alert = z.looseObject({
  status: z.enum(["firing", "resolved"]),
  labels,
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }).optional(),
  /** Of its labels: the same alert has the same, whenever it fires. */
  fingerprint: z.string().min(1).max(100),
});

/**
 * Alertmanager and Grafana, whose webhooks have one form. Annotations hold values that change from one message to the next; labels make
 * the fingerprint, so that what is taken of them alone is the same each time.
 */
export const alertmanager = sender(
  z.looseObject({ alerts: z.array(alert).min(1, { error: "holds no alert" }) }),
  ({ alerts }, place) =>
    alerts.flatMap(({ endsAt, fingerprint, labels: said, startsAt, status }) => {
      const incident = `${fingerprint}@${startsAt}`;
      const base = { kind: "incident", incident, ...placedIn(place, said.repository) };
      const name = said.alertname ?? fingerprint;
      const opened = {
        ...base,
        id: `${incident}:opened`,
        at: startsAt,
        state: "opened",
        title: name,
        severity: severityOf(said.severity),
        service: said.service ?? said.job ?? said.app ?? name,
      };
      return status === "firing"
        ? [opened]
        : // Whose opening was lost on its way is opened by its end.
          [opened, { ...base, id: `${incident}:resolved`, at: endsAt, state: "resolved" }];
    }),
);
