import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const failureRootCause: MetricDefinition = {
  descriptor: {
    id: "failure_root_cause",
    version: 1,
    title: "Causes of failure",
    shortTitle: "Cause",
    question: "Why does agent work fail?",
    definition:
      "Agent pull requests that failed for each cause, as a share of those that failed and of which somebody said why.",
    formula: "failed pull requests with the cause / failed pull requests with any cause",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %, for each cause by itself",
    dimensions: [...PULL_REQUEST_DIMENSIONS, "cause"],
    chart: "bar",
    exportColumn: "failure_root_cause",
    caveats: [
      "Failed is what was rolled back, meaningfully reworked in review, or is named by a defect; each pull request once, with one cause, by when it was merged or closed.",
      "A person says the cause on the page of the pull request. What nobody has looked at is counted beside, and is in no share.",
      "Whoever looks at failures chooses which: the shares are of those that were looked at.",
    ],
    sources: ["Metric specification 2.8"],
    benchmarks: [],
  },
  population: "agent",
  subjects: ["merged", "closed"],
  among: { is: "failed", triaged: false },
  shareOf: ["cause"],
  alwaysBy: "cause",
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: { is: "always" },
    known: { is: { is: "failed", triaged: true }, unknown: "not_triaged" },
  },
};
