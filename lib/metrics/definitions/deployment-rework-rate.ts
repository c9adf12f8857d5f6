import type { MetricDefinition } from "./definition";
import { DORA_SOURCE, PRODUCTION_CAVEAT, SERVICE_CAVEAT } from "./delivery-caveats";
import { OPERATION_DIMENSIONS } from "./operation-dimensions";

export const deploymentReworkRate: MetricDefinition = {
  descriptor: {
    id: "deployment_rework_rate",
    version: 1,
    title: "Deployment rework rate",
    shortTitle: "Unplanned",
    question: "How many deployments were unplanned?",
    definition: "Hotfixes and rollbacks, as a share of all deployments to production.",
    formula: "hotfix and rollback deployments / all production deployments",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: OPERATION_DIMENSIONS,
    chart: "interval",
    exportColumn: "deployment_rework_rate",
    caveats: [
      "What is a hotfix or a rollback is what the source of the deployment says.",
      PRODUCTION_CAVEAT,
      SERVICE_CAVEAT,
    ],
    sources: ["Metric specification 2.4", DORA_SOURCE],
    benchmarks: [],
  },
  population: "all",
  subjects: ["change", "hotfix", "rollback"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "proportion", numerator: { is: "subject", among: ["hotfix", "rollback"] } },
};
