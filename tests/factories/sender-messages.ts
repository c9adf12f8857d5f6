/** What each sender sends, as its documentation has it: several messages of one story, in the order in which they happen. */
export interface SenderStory {
  /** The door and the sender, as they stand in the address. */
  door: "deployments" | "alerts";
  source: string;
  /** What the address names besides the repository. */
  where: string;
  messages: readonly unknown[];
}

const sha = (n: number): string => n.toString(16).padStart(40, "a");
const at = (hour: number): string => `2026-10-30T${String(hour).padStart(2, "0")}:00:00Z`;

const application = (hour: number, n: number) => ({
  app: {
    metadata: { name: "argo", uid: "uid-argo" },
    spec: {
      source: { repoURL: "https://github.com/acme/billing.git" },
      destination: { namespace: "billing-prod" },
    },
    status: {
      summary: { images: [] },
      operationState: { phase: "Succeeded", finishedAt: at(hour), syncResult: { revision: sha(n) } },
    },
  },
});

const rollout = (revision: number, n: number, outcome: string) => ({
  outcome,
  rollout: {
    metadata: {
      name: "rollouts",
      namespace: "prod",
      uid: "uid-rollouts",
      annotations: { "rollout.argoproj.io/revision": `${revision}` },
    },
    spec: { template: { spec: { containers: [{ image: `ghcr.io/acme/billing:${sha(n)}` }] } } },
    status: {
      abortedAt: outcome === "aborted" ? at(12 + n) : null,
      conditions: [{ type: "Progressing", lastUpdateTime: at(12 + n) }],
    },
  },
});

const flux = (reason: string, hour: number, n: number) => ({
  involvedObject: { kind: "Kustomization", namespace: "flux-system", name: "flux", uid: "uid-flux" },
  severity: "info",
  timestamp: at(hour),
  message: "Reconciliation finished",
  reason,
  metadata: { revision: `main@sha1:${sha(n)}` },
  reportingController: "kustomize-controller",
});

const vercel = (type: string, hour: number, n: number) => ({
  id: `evt-${type}-${hour}`,
  type,
  createdAt: Date.parse(at(hour)),
  payload: {
    target: "production",
    deployment: {
      id: `dpl_${n}`,
      name: "vercel",
      meta: { githubCommitSha: sha(n), githubCommitOrg: "acme", githubCommitRepo: "billing" },
    },
    project: { id: "prj_1" },
  },
});

const alert = (status: string) => ({
  version: "4",
  status,
  alerts: [
    {
      status,
      labels: { alertname: "HighErrorRate", severity: "critical", service: "billing" },
      annotations: { summary: "Errors" },
      startsAt: at(13),
      endsAt: status === "firing" ? "0001-01-01T00:00:00Z" : at(14),
      fingerprint: "c0ffee",
    },
  ],
});

const pagerDuty = (type: string, hour: number) => ({
  event: {
    id: `01-${type}`,
    event_type: type,
    occurred_at: at(hour),
    data: {
      id: "PGR0VU2",
      title: "A little bump in the road",
      created_at: at(13),
      urgency: "high",
      priority: { summary: "P1" },
      service: { summary: "Billing API" },
    },
  },
});

const opsgenie = (action: string) => ({
  action,
  alert: {
    alertId: "052652ac",
    message: "Disk is full",
    priority: "P2",
    source: "billing-db",
    createdAt: Date.parse(at(13)),
    updatedAt: Date.parse(at(14)) * 1e6,
  },
});

const datadog = (transition: string, hour: number) => ({
  cycle: "8312731",
  transition,
  date: String(Date.parse(at(hour))),
  title: "p99 is high",
  priority: "normal",
  tags: "env:prod,service:checkout",
});

const sentry = (action: string) => ({
  action,
  data: {
    metric_alert: {
      id: "36",
      title: "Too many errors",
      date_started: at(13),
      date_closed: action === "resolved" ? at(14) : null,
      projects: ["checkout"],
    },
  },
});

const incident = {
  id: "01FDAG",
  reference: "INC-1",
  name: "Sad database",
  created_at: at(13),
  updated_at: at(14),
  severity: { name: "Major" },
};
const incidentIo = [
  { event_type: "public_incident.incident_created_v2", "public_incident.incident_created_v2": incident },
  {
    event_type: "public_incident.incident_status_updated_v2",
    "public_incident.incident_status_updated_v2": {
      incident,
      previous_status: { category: "live" },
      new_status: { category: "closed" },
    },
  },
];

const deployed = (source: string, messages: readonly unknown[]): SenderStory => ({
  door: "deployments",
  source,
  where: "&environment=production",
  messages,
});
const alerted = (source: string, messages: readonly unknown[]): SenderStory => ({
  door: "alerts",
  source,
  where: "",
  messages,
});

/** Commits 1, 2 and 3 of acme/billing are on its branch. */
export const SENDER_STORIES: readonly SenderStory[] = [
  deployed("argo-cd", [application(13, 1), application(14, 2), application(15, 1)]),
  deployed("argo-rollouts", [rollout(1, 1, "completed"), rollout(2, 2, "completed"), rollout(3, 3, "aborted")]),
  deployed("flux", [
    flux("ReconciliationSucceeded", 13, 1),
    flux("ReconciliationSucceeded", 14, 2),
    flux("Progressing", 15, 2),
  ]),
  deployed("vercel", [
    vercel("deployment.promoted", 13, 1),
    vercel("deployment.promoted", 14, 2),
    vercel("deployment.promoted", 15, 1),
  ]),
  alerted("alertmanager", [alert("firing"), alert("resolved")]),
  alerted("grafana", [alert("firing"), alert("resolved")]),
  alerted("pagerduty", [pagerDuty("incident.triggered", 13), pagerDuty("incident.resolved", 14)]),
  alerted("opsgenie", [opsgenie("Create"), opsgenie("Close")]),
  alerted("datadog", [datadog("Triggered", 13), datadog("Recovered", 14)]),
  alerted("sentry", [sentry("critical"), sentry("resolved")]),
  alerted("incident-io", incidentIo),
];
