import { not } from "./condition";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REVIEW_CAVEATS } from "./review-caveats";

export const rejectionRate: MetricDefinition = {
  descriptor: {
    id: "rejection_rate",
    version: 1,
    title: "Rejected in review",
    shortTitle: "Rejected",
    question: "How much reviewed agent work is turned down?",
    definition:
      "Agent pull requests that a person reviewed and that were closed without a merge, as a share of the reviewed ones that were merged or closed.",
    formula: "reviewed agent pull requests closed unmerged / reviewed agent pull requests merged or closed",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "rejection_rate",
    caveats: ["By when a pull request was merged or closed.", ...REVIEW_CAVEATS],
    sources: ["Metric specification 2.4"],
    benchmarks: [],
  },
  population: "agent",
  subjects: ["merged", "closed"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: not({ is: "subject", among: ["merged"] }),
    known: { column: "reworked", unknown: "not_reviewed" },
  },
};
