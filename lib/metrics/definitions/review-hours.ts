import type { MetricDefinition } from "./definition";
import { ESTIMATE_CAVEATS } from "./effort-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REVIEW_CAVEATS } from "./review-caveats";

export const reviewHours: MetricDefinition = {
  descriptor: {
    id: "review_hours",
    version: 1,
    title: "Hours of review, estimated",
    shortTitle: "Review hours",
    question: "How much time do reviews take?",
    definition: "Estimated hours that people spent on reviews of agent pull requests that were merged or closed.",
    formula: "Σ estimated review seconds / 3,600",
    unit: "hours",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "none: an estimate of all of them",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "review_hours",
    caveats: ["By when the pull request ended, not by when it was reviewed.", ...ESTIMATE_CAVEATS, ...REVIEW_CAVEATS],
    sources: ["Metric specification 2.4", "SmartBear: best practices for peer code review (400 lines an hour)"],
    benchmarks: [],
  },
  population: "agent",
  subjects: ["merged", "closed"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "hours", column: "effortSeconds", unknown: "unknown_reviews" },
};
