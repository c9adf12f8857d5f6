import type { MetricDefinition } from "./definition";
import { ESTIMATE_CAVEATS } from "./effort-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REVIEW_CAVEATS } from "./review-caveats";

export const reviewHoursPerPr: MetricDefinition = {
  descriptor: {
    id: "review_hours_per_pr",
    version: 1,
    title: "Review per pull request, estimated",
    shortTitle: "Review per PR",
    question: "How much review does one pull request take?",
    definition: "Estimated hours of review per merged agent pull request, reviewed or not.",
    formula: "Σ estimated review seconds / 3,600 / merged agent pull requests",
    unit: "hours",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval:
      "95 %: percentile bootstrap over pull requests (2,000 resamples, seeded) up to 200 of them, the delta method (linearised) above",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "review_hours_per_pr",
    caveats: [...ESTIMATE_CAVEATS, ...REVIEW_CAVEATS],
    sources: ["Metric specification 2.4", "SmartBear: best practices for peer code review (400 lines an hour)"],
    benchmarks: [],
  },
  population: "agent",

  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "ratio",
    numerator: "effortSeconds",
    denominator: "anHour",
    unknown: "unknown_reviews",
  },
};
