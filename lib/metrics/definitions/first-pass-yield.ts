import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REWORK_CAVEATS } from "./review-caveats";

export const firstPassYield: MetricDefinition = {
  descriptor: {
    id: "first_pass_yield",
    version: 1,
    title: "First-pass yield",
    shortTitle: "First pass",
    question: "How much agent work passes review as it is?",
    definition:
      "Agent pull requests that a person reviewed and that were merged without rework, as a share of the reviewed ones that were merged or closed.",
    formula:
      "reviewed agent pull requests merged without meaningful rework / reviewed agent pull requests merged or closed",
    unit: "proportion",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "first_pass_yield",
    caveats: [
      "The figure to improve: rejecting more pull requests lowers the rework rate and not this.",
      ...REWORK_CAVEATS,
    ],
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
    numerator: {
      is: "all",
      of: [
        { is: "subject", among: ["merged"] },
        { is: "atMost", column: "reworked", value: 0 },
      ],
    },
    known: { column: "reworked", unknown: "not_reviewed" },
  },
};
