import type { MetricDefinition } from "./definition";
import { MEDIAN_INTERVAL } from "./flow-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REVIEW_CAVEATS } from "./review-caveats";

export const fixLoopRounds: MetricDefinition = {
  descriptor: {
    id: "fix_loop_rounds",
    version: 1,
    title: "Rounds of fixing",
    shortTitle: "Fix rounds",
    question: "How often does work go back and forth?",
    definition:
      "Median number of times that a person asked for changes and commits followed, of merged agent pull requests that somebody reviewed.",
    formula: "median of (changes requested → commits) alternations",
    unit: "rounds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: MEDIAN_INTERVAL,
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "fix_loop_rounds",
    caveats: REVIEW_CAVEATS,
    sources: ["Metric specification 2.4"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "percentile", column: "reviewRounds", at: 0.5, unknown: "not_reviewed" },
};
