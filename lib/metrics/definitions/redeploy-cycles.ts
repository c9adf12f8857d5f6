import type { MetricDefinition } from "./definition";
import { PRODUCTION_CAVEAT, SERVICE_CAVEAT } from "./delivery-caveats";
import { MEDIAN_INTERVAL } from "./flow-caveats";
import { OPERATION_DIMENSIONS } from "./operation-dimensions";

export const redeployCycles: MetricDefinition = {
  descriptor: {
    id: "redeploy_cycles",
    version: 1,
    title: "Redeployments per incident",
    shortTitle: "Redeployments",
    question: "How often does a fix have to be deployed until it holds?",
    definition:
      "Median number of production deployments that were to mend an incident, from its beginning to a day after it was over; and the share of incidents that took 1, 2–3, 4–6 and 7 or more.",
    formula: "median of hotfixes and rollbacks per incident that is over",
    unit: "rounds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: `${MEDIAN_INTERVAL}; Wilson for each share`,
    dimensions: OPERATION_DIMENSIONS,
    chart: "bar",
    exportColumn: "redeploy_cycles",
    caveats: [
      "A hotfix or a rollback of the incident’s service counts as one that was to mend it; of its repository where no deployment names the service.",
      "Incidents that are not over, and those that nothing was deployed for, are counted beside.",
      PRODUCTION_CAVEAT,
      SERVICE_CAVEAT,
    ],
    sources: ["Metric specification 2.6"],
    benchmarks: [
      {
        id: "003-03",
        low: 2,
        high: 3,
        category: null,
        source: "Survey of 200 SRE and DevOps leaders (Lightrun): 88 % say two to three cycles",
        date: "2026",
        comparability: "caution",
      },
    ],
  },
  population: "all",
  subjects: ["incident"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "percentile",
    column: "redeployCycles",
    at: 0.5,
    unknown: "not_redeployed",
    shares: [
      { label: "1", from: 1, to: 1 },
      { label: "2–3", from: 2, to: 3 },
      { label: "4–6", from: 4, to: 6 },
      { label: "7 or more", from: 7, to: null },
    ],
  },
};
