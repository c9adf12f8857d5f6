import type { MetricDefinition } from "./definition";
import { FLOW_CAVEATS, MEDIAN_INTERVAL } from "./flow-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const stageReview: MetricDefinition = {
  descriptor: {
    id: "stage_review",
    version: 1,
    title: "Review time",
    shortTitle: "Review",
    question: "How long does a review take?",
    definition:
      "Median time from the first review by a person until the last approval; until the merge where nobody approved.",
    formula: "median of last approval − first human review",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: MEDIAN_INTERVAL,
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "stage_review",
    caveats: FLOW_CAVEATS,
    sources: ["Metric specification 2.2", "LinearB: cycle time (folds review and merge into one)"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "percentile", column: "reviewSeconds", at: 0.5, unknown: "not_reviewed" },
};
