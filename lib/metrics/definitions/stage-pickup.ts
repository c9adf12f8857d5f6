import type { MetricDefinition } from "./definition";
import { FLOW_CAVEATS, MEDIAN_INTERVAL } from "./flow-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const stagePickup: MetricDefinition = {
  descriptor: {
    id: "stage_pickup",
    version: 1,
    title: "Pickup time",
    shortTitle: "Pickup",
    question: "How long do pull requests wait for a reviewer?",
    definition: "Median time from ready until a person first reviewed; only of pull requests that somebody reviewed.",
    formula: "median of first human review − ready",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: MEDIAN_INTERVAL,
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "stage_pickup",
    caveats: FLOW_CAVEATS,
    sources: ["Metric specification 2.2", "LinearB: cycle time (folds review and merge into one)"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "percentile", column: "pickupSeconds", at: 0.5, unknown: "not_reviewed" },
};
