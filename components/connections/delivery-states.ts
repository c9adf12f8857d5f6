import { parseAsStringLiteral } from "nuqs/server";
import type { DeliveryItem } from "@/lib/events/types";

export const DELIVERY_STATE_LABEL: Readonly<Record<DeliveryItem["state"], string>> = {
  received: "Waiting",
  processed: "Processed",
  ignored: "Ignored",
  failed: "Failed",
};

export const DELIVERY_STATES = [
  "received",
  "processed",
  "ignored",
  "failed",
] as const satisfies DeliveryItem["state"][];

/** Who sends, by the part of the address; programs that nobody knows are said as they are. */
export const SENDER_LABEL: Readonly<Record<string, string>> = {
  github: "GitHub",
  events: "Events API",
  cdevents: "CDEvents",
  "deployments/argo-cd": "Argo CD",
  "deployments/argo-rollouts": "Argo Rollouts",
  "deployments/flux": "Flux",
  "deployments/vercel": "Vercel",
  "alerts/alertmanager": "Alertmanager",
  "alerts/grafana": "Grafana",
  "alerts/pagerduty": "PagerDuty",
  "alerts/opsgenie": "Opsgenie",
  "alerts/datadog": "Datadog",
  "alerts/sentry": "Sentry",
  "alerts/incident-io": "incident.io",
  "otlp/claude_code": "Claude Code",
  "otlp/codex": "Codex",
  "otlp/gemini_cli": "Gemini CLI",
  "otlp/copilot": "GitHub Copilot",
};

export const deliveryStateParser = parseAsStringLiteral(DELIVERY_STATES);
