import type { MetricDefinition } from "./definition";
import { SERVICE_CAVEAT } from "./delivery-caveats";
import { MEDIAN_INTERVAL } from "./flow-caveats";
import { OPERATION_DIMENSIONS } from "./operation-dimensions";

export const autoRevertLatency: MetricDefinition = {
  descriptor: {
    id: "auto_revert_latency",
    version: 1,
    title: "Time from alarm to rollback",
    shortTitle: "Alarm to rollback",
    question: "How fast is what broke production taken back?",
    definition:
      "Median time from the beginning of an incident until the pull request that it names as its cause was rolled back.",
    formula: "median of rollback − beginning of the incident",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: MEDIAN_INTERVAL,
    dimensions: OPERATION_DIMENSIONS,
    chart: "line",
    exportColumn: "auto_revert_latency",
    caveats: [
      "Only incidents that name the pull request which caused them, and where that was rolled back after they began.",
      "By when the incident began.",
      SERVICE_CAVEAT,
    ],
    sources: ["Metric specification 2.5"],
    benchmarks: [],
  },
  population: "all",
  subjects: ["incident"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "percentile", column: "revertSeconds", at: 0.5, unknown: "not_reverted" },
};
