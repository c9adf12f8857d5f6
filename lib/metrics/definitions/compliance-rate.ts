import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { COMPLIANCE_CAVEATS } from "./review-caveats";

export const complianceRate: MetricDefinition = {
  descriptor: {
    id: "compliance_rate",
    version: 1,
    title: "Merged as the policy asks",
    shortTitle: "Compliant",
    question: "Does agents’ work get merged the way the policy asks?",
    definition:
      "Merged agent pull requests that fail no check of the policy for their kind of work, as a share of those of which every check, or a failed one, can be told.",
    formula: "compliant agent pull requests / compliant and violating ones",
    unit: "proportion",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "compliance_rate",
    caveats: COMPLIANCE_CAVEATS,
    sources: ["Metric specification 5.3"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: { is: "atMost", column: "violations", value: 0 },
    known: { column: "violations", unknown: "not_evaluable" },
  },
};
