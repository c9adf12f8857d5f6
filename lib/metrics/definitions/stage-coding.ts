import type { MetricDefinition } from "./definition";
import { FLOW_CAVEATS, MEDIAN_INTERVAL } from "./flow-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const stageCoding: MetricDefinition = {
  descriptor: {
    id: "stage_coding",
    version: 1,
    title: "Coding time",
    shortTitle: "Coding",
    question: "How long is a change in the making?",
    definition: "Median time from the first commit of a pull request until it was ready for review.",
    formula: "median of ready − start",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: MEDIAN_INTERVAL,
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "stage_coding",
    caveats: FLOW_CAVEATS,
    sources: ["Metric specification 2.2", "LinearB: cycle time (folds review and merge into one)"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "percentile", column: "codingSeconds", at: 0.5, unknown: "unknown_flow" },
};
