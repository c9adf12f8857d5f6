import type { AlertSource } from "./alert-source";
import { alertmanager } from "./alertmanager";
import { datadog } from "./datadog";
import { opsgenie } from "./opsgenie";
import { pagerduty } from "./pagerduty";

/** Programs that tell of alerts, by their part of the address. Grafana's webhooks have the form of Alertmanager's. */
export const ALERT_SOURCES: ReadonlyMap<string, AlertSource> = new Map([
  ["alertmanager", alertmanager],
  ["grafana", alertmanager],
  ["pagerduty", pagerduty],
  ["opsgenie", opsgenie],
  ["datadog", datadog],
]);
