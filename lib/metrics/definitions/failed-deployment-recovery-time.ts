import type { MetricDefinition } from "./definition";
import { DORA_SOURCE, FAILED_CAVEAT, PRODUCTION_CAVEAT, SERVICE_CAVEAT } from "./delivery-caveats";
import { OPERATION_DIMENSIONS } from "./operation-dimensions";

export const failedDeploymentRecoveryTime: MetricDefinition = {
  descriptor: {
    id: "failed_deployment_recovery_time",
    version: 1,
    title: "Failed deployment recovery time",
    shortTitle: "Recovery",
    question: "How long until a failed deployment is over?",
    definition:
      "Median time from a failed deployment, or the incident where that began earlier, until the incident is resolved, or the rollback where there is none.",
    formula: "Kaplan–Meier median of service restored − failure began",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Kaplan–Meier, 95 % from the log–log band; none where the band never falls to one half",
    dimensions: OPERATION_DIMENSIONS,
    chart: "line",
    exportColumn: "failed_deployment_recovery_time",
    caveats: [
      "What is not over yet counts with the time that it has lasted: leaving it out would make recovery look faster.",
      FAILED_CAVEAT,
      PRODUCTION_CAVEAT,
      SERVICE_CAVEAT,
    ],
    sources: ["Metric specification 2.6", DORA_SOURCE],
    benchmarks: [],
  },
  population: "all",
  subjects: ["failure"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "survival",
    lead: null,
    column: "restoreSeconds",
    watched: "restoreWatched",
    unknown: "unknown_failure",
  },
};
