import type { Sender } from "@/lib/events/senders/sender";
import { alertmanager } from "./alertmanager";
import { datadog } from "./datadog";
import { incidentIo } from "./incident-io";
import { opsgenie } from "./opsgenie";
import { pagerduty } from "./pagerduty";
import { sentry } from "./sentry";

/** Programs that tell of alerts, by their part of the address. Grafana's webhooks have the form of Alertmanager's. */
export const ALERT_SENDERS: ReadonlyMap<string, Sender> = new Map([
  ["alertmanager", alertmanager],
  ["grafana", alertmanager],
  ["pagerduty", pagerduty],
  ["opsgenie", opsgenie],
  ["datadog", datadog],
  ["sentry", sentry],
  ["incident-io", incidentIo],
]);
