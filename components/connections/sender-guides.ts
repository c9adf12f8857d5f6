/** What a guide is written for: this installation, a repository, and a key or what stands for one. */
export interface GuidePlace {
  origin: string;
  /** `organisation/name`. */
  repository: string;
  key: string;
}

/** How a program is set up to tell. */
export interface SenderGuide {
  name: string;
  /** Where it comes in: the sender of its deliveries. */
  door: string;
  how: string;
  lines(place: GuidePlace): string[];
}

const addressOf = ({ origin, repository }: GuidePlace, door: string, more = ""): string =>
  `${origin}/api/v1/${door}?repository=${repository}${more}`;

const organizationOf = (repository: string): string => repository.split("/", 1)[0] ?? "";

/** A webhook that is set up in the sender's own pages: its address and its header. */
const webhook =
  (door: string): SenderGuide["lines"] =>
  (place) => [addressOf(place, door), `Authorization: Bearer ${place.key}`];

/** The same of a sender that can send no header. */
const keyed =
  (door: string): SenderGuide["lines"] =>
  (place) => [addressOf(place, door, `&token=${place.key}`)];

const PRODUCTION = "&environment=production";

export const SENDER_GUIDES = {
  shell: {
    name: "A pipeline or a shell",
    door: "events",
    how: "From the checkout of what was deployed. All kinds of events, with an example of each, stand in docs/events.md.",
    lines: ({ key, origin, repository }) => [
      `curl --fail-with-body -sS ${origin}/api/v1/events \\`,
      `  -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" --data-binary @- <<EOF \\`,
      `  | awk '/"refused":0,/ { ok = 1 } { print } END { exit !ok }'`,
      `{ "kind": "deployment", "id": "$(date +%s)", "at": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",`,
      `  "repository": "${repository}", "service": "my-service", "environment": "production",`,
      `  "sha": "$(git rev-parse HEAD)", "status": "success" }`,
      "EOF",
    ],
  },
  argo_cd: {
    name: "Argo CD",
    door: "deployments/argo-cd",
    how: "In argocd-notifications-cm; then subscribe the application to on-fleetgauge.",
    lines: (place) => [
      "service.webhook.fleetgauge: |",
      `  url: ${addressOf(place, "deployments/argo-cd", PRODUCTION)}`,
      "  headers:",
      `    - { name: Authorization, value: "Bearer ${place.key}" }`,
      "    - { name: Content-Type, value: application/json }",
      "template.fleetgauge: |",
      `  webhook: { fleetgauge: { method: POST, body: '{ "app": {{ toJson .app }} }' } }`,
      "trigger.on-fleetgauge: |",
      "  - when: app.status.operationState.phase in ['Succeeded', 'Failed', 'Error']",
      "    oncePer: app.status.operationState.finishedAt",
      "    send: [fleetgauge]",
    ],
  },
  argo_rollouts: {
    name: "Argo Rollouts",
    door: "deployments/argo-rollouts",
    how: "In argo-rollouts-notification-configmap; the same with “aborted” for on-rollout-aborted. The tag of the image is the commit.",
    lines: (place) => [
      "service.webhook.fleetgauge: |",
      `  url: ${addressOf(place, "deployments/argo-rollouts", PRODUCTION)}`,
      "  headers:",
      `    - { name: Authorization, value: "Bearer ${place.key}" }`,
      "    - { name: Content-Type, value: application/json }",
      "template.rollout-completed: |",
      `  webhook: { fleetgauge: { method: POST, body: '{ "outcome": "completed", "rollout": {{ toJson .rollout }} }' } }`,
    ],
  },
  flux: {
    name: "Flux",
    door: "deployments/flux",
    how: "A Provider, and an Alert for what is deployed. Where manifests live in another repository, annotate the object with event.toolkit.fluxcd.io/commit.",
    lines: (place) => [
      `kubectl -n flux-system create secret generic fleetgauge --from-literal=headers='Authorization: Bearer ${place.key}'`,
      "flux create alert-provider fleetgauge --type generic --secret-ref fleetgauge \\",
      `  --address '${addressOf(place, "deployments/flux", PRODUCTION)}'`,
      "flux create alert fleetgauge --provider-ref fleetgauge --event-source 'Kustomization/*' --event-source 'HelmRelease/*'",
    ],
  },
  vercel: {
    name: "Vercel",
    door: "deployments/vercel",
    how: "A webhook of the team for deployments that were promoted or failed. It can send no header, so the key stands in the address: make one for this alone.",
    lines: ({ key, origin }) => [`${origin}/api/v1/deployments/vercel?token=${key}`],
  },
  claude_code: {
    name: "Claude Code",
    door: "otlp/claude_code",
    how: "In the shell of whoever uses it, or as the env of managed settings. The function tells what is worked on: without it sessions are linked to pull requests by the commits they make, or not at all. Where a subscription pays, add paid_by=subscription.",
    lines: ({ key, origin, repository }) => [
      "export CLAUDE_CODE_ENABLE_TELEMETRY=1 OTEL_METRICS_EXPORTER=otlp OTEL_LOGS_EXPORTER=otlp",
      `export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_ENDPOINT=${origin}/api/otlp`,
      `export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer ${key}" OTEL_LOG_TOOL_DETAILS=1`,
      "claude() {",
      `  OTEL_RESOURCE_ATTRIBUTES="organization=${organizationOf(repository)},team=my-team,$(printf 'repo=%s,branch=%s' \\`,
      `    "$(git remote get-url origin 2>/dev/null)" "$(git branch --show-current 2>/dev/null)")" command claude "$@"`,
      "}",
    ],
  },
  codex: {
    name: "Codex",
    door: "otlp/codex",
    how: "In ~/.codex/config.toml. It tells tokens and no price: enter what they cost on the page Cost.",
    lines: ({ key, origin }) => [
      "[otel]",
      "log_user_prompt = false",
      "[otel.exporter.otlp-http]",
      `endpoint = "${origin}/api/otlp/v1/logs"`,
      'protocol = "binary"',
      `headers = { "Authorization" = "Bearer ${key}" }`,
    ],
  },
  gemini_cli: {
    name: "Gemini CLI",
    door: "otlp/gemini_cli",
    how: "It can send no header, so the key stands in the address: make one for this alone. It tells tokens and no price: enter what they cost on the page Cost.",
    lines: ({ key, origin }) => [
      "export GEMINI_TELEMETRY_ENABLED=true GEMINI_TELEMETRY_TARGET=local GEMINI_TELEMETRY_LOG_PROMPTS=false",
      `export GEMINI_TELEMETRY_OTLP_PROTOCOL=http GEMINI_TELEMETRY_OTLP_ENDPOINT=${origin}/api/otlp/${key}`,
    ],
  },
  copilot_cli: {
    name: "Copilot CLI",
    door: "otlp/copilot",
    how: "It tells tokens and no price: enter what they cost on the page Cost. It sends traces too, of which nothing is kept.",
    lines: ({ key, origin }) => [
      `export COPILOT_OTEL_ENABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=${origin}/api/otlp`,
      `export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer ${key}"`,
    ],
  },
  alertmanager: {
    name: "Alertmanager",
    door: "alerts/alertmanager",
    how: "A receiver for what you call an incident.",
    lines: (place) => [
      "receivers:",
      "  - name: fleetgauge",
      "    webhook_configs:",
      `      - url: ${addressOf(place, "alerts/alertmanager")}`,
      "        send_resolved: true",
      `        http_config: { authorization: { credentials: "${place.key}" } }`,
    ],
  },
  grafana: {
    name: "Grafana",
    door: "alerts/grafana",
    how: "A contact point of the kind Webhook, with the authorization scheme Bearer.",
    lines: webhook("alerts/grafana"),
  },
  pagerduty: {
    name: "PagerDuty",
    door: "alerts/pagerduty",
    how: "A webhook subscription of version 3 with a custom header, for incidents that are triggered and resolved.",
    lines: webhook("alerts/pagerduty"),
  },
  opsgenie: {
    name: "Opsgenie",
    door: "alerts/opsgenie",
    how: "A Webhook integration with a custom header, for Create and Close.",
    lines: webhook("alerts/opsgenie"),
  },
  datadog: {
    name: "Datadog",
    door: "alerts/datadog",
    how: "A webhook with a custom header; its payload stands in docs/events.md.",
    lines: webhook("alerts/datadog"),
  },
  sentry: {
    name: "Sentry",
    door: "alerts/sentry",
    how: "An internal integration whose webhook takes metric alerts. It can send no header, so the key stands in the address: make one for this alone.",
    lines: keyed("alerts/sentry"),
  },
  incident_io: {
    name: "incident.io",
    door: "alerts/incident-io",
    how: "A webhook endpoint for incidents that are created and whose status changes. The key stands in the address: make one for this alone.",
    lines: keyed("alerts/incident-io"),
  },
  cdevents: {
    name: "CDEvents",
    door: "cdevents",
    how: "Whatever sends CloudEvents over HTTP: structured, batched or binary.",
    lines: ({ key, origin }) => [`${origin}/api/v1/cdevents`, `Authorization: Bearer ${key}`],
  },
} as const satisfies Record<string, SenderGuide>;
export type SenderGuideId = keyof typeof SENDER_GUIDES;

export const SENDER_GUIDE_IDS = Object.keys(SENDER_GUIDES) as SenderGuideId[];
