import { isYes } from "./condition";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REWORK_CAVEATS } from "./review-caveats";

export const prReworkRate: MetricDefinition = {
  descriptor: {
    id: "pr_rework_rate",
    version: 1,
    title: "Reworked before the merge",
    shortTitle: "Reworked",
    question: "How much agent work has to be done over before it is merged?",
    definition:
      "Merged agent pull requests that a person reviewed and that were then reworked, as a share of the reviewed ones.",
    formula: "reviewed merged agent pull requests with meaningful rework / reviewed merged agent pull requests",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "pr_rework_rate",
    caveats: REWORK_CAVEATS,
    sources: ["Metric specification 2.4"],
    benchmarks: [
      {
        id: "004-02",
        low: 0.09,
        high: 0.32,
        category: null,
        source: "Inside six months of AI agents in a production engineering workflow (BlockPort)",
        date: "2026",
        comparability: "caution",
      },
    ],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "proportion", numerator: isYes("reworked"), known: { column: "reworked", unknown: "not_reviewed" } },
};
