import type { MetricDefinition } from "./definition";
import { FLOW_CAVEATS } from "./flow-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const cycleTimeTotal: MetricDefinition = {
  descriptor: {
    id: "cycle_time_total",
    version: 1,
    title: "Cycle time to production",
    shortTitle: "Cycle time",
    question: "How long from the first commit to production?",
    definition:
      "Median time from the first commit of a pull request until the first production deployment that held it; what is not deployed yet counts as not yet over.",
    formula: "Kaplan–Meier median of first production deployment − start",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Kaplan–Meier, 95 % from the log–log band; none where the band never falls to one half",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "cycle_time_total",
    caveats: [
      "What is merged and not deployed yet counts with the time it has waited, so that slow changes are not left out; where fewer than half have come that far, there is no median.",
      "Only repositories whose deployments are told of.",
      ...FLOW_CAVEATS,
    ],
    sources: ["Metric specification 2.2", "DORA: change lead time"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "survival",
    lead: "cycleSeconds",
    column: "deploySeconds",
    watched: "deployWatched",
    unknown: "unknown_deployment",
  },
};
