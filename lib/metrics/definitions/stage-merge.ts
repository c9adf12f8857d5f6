import type { MetricDefinition } from "./definition";
import { FLOW_CAVEATS, MEDIAN_INTERVAL } from "./flow-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const stageMerge: MetricDefinition = {
  descriptor: {
    id: "stage_merge",
    version: 1,
    title: "Merge time",
    shortTitle: "Merge",
    question: "How long does approved work wait?",
    definition: "Median time from the last approval until the merge; from ready where nobody reviewed.",
    formula: "median of merge − last approval",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: MEDIAN_INTERVAL,
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "stage_merge",
    caveats: FLOW_CAVEATS,
    sources: ["Metric specification 2.2", "LinearB: cycle time (folds review and merge into one)"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "percentile", column: "mergeSeconds", at: 0.5, unknown: "unknown_flow" },
};
