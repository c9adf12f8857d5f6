import type { Examples } from "./values";

/** What fields of the API take beside what their schemas say. @param metrics ids of the registry */
export const examplesOf = (metrics: readonly string[]): Examples => ({
  metrics: metrics.map((id) => [id]),
  metric: metrics,
  from: ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"],
  to: ["2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z"],
  timeZone: ["UTC", "Europe/Berlin"],
  filters: [{}, { authorKind: ["agent"] }, { category: ["documentation"], repo: ["api"] }],
  limit: [1, 50],
  repository: ["acme/api", "acme/web"],
  team: ["platform"],
  email: ["somebody@example.net", "else@example.net"],
  teamIds: [[], [1]],
  report: ["metrics.csv", "pull-requests.csv", "rollbacks.json"],
  path: ["/srv/checkouts/api"],
  source: ["alertmanager", "pagerduty", "opsgenie", "datadog", "sentry", "argo-cd", "argo-rollouts", "flux", "vercel"],
  domains: [["example.net"]],
  rules: [[{ value: null, role: "viewer", teamIds: [] }]],
  issuer: ["https://127.0.0.1"],
});
