import { ALWAYS } from "./condition";
import type { MetricDefinition } from "./definition";
import { DORA_SOURCE, PRODUCTION_CAVEAT, SERVICE_CAVEAT } from "./delivery-caveats";
import { OPERATION_DIMENSIONS } from "./operation-dimensions";

export const deploymentFrequency: MetricDefinition = {
  descriptor: {
    id: "deployment_frequency",
    version: 1,
    title: "Deployments a day",
    shortTitle: "Deployments",
    question: "How often does work reach production?",
    definition: "Deployments to production per day, with those that did not come up and without rollbacks.",
    formula: "production deployments / days",
    unit: "per_day",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Garwood exact Poisson, 95 %",
    dimensions: OPERATION_DIMENSIONS,
    chart: "line",
    exportColumn: "deployments_per_day",
    caveats: [PRODUCTION_CAVEAT, SERVICE_CAVEAT],
    sources: ["Metric specification 2.1", DORA_SOURCE],
    benchmarks: [],
  },
  population: "all",
  subjects: ["change", "hotfix"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "rate", per: "day", counted: ALWAYS },
};
