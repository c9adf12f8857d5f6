import type { MetricDefinition } from "./definition";
import { ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const mergeToDeploy: MetricDefinition = {
  descriptor: {
    id: "merge_to_deploy",
    version: 1,
    title: "Merge to production",
    shortTitle: "Deploy time",
    question: "How long does merged work wait for production?",
    definition:
      "Median time from the merge until the first production deployment that held it; what is not deployed yet counts as not yet over.",
    formula: "Kaplan–Meier median of first production deployment − merge",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Kaplan–Meier, 95 % from the log–log band; none where the band never falls to one half",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "merge_to_deploy",
    caveats: [
      "What is not deployed yet counts with the time it has waited; where fewer than half are deployed, there is no median.",
      "Only repositories whose deployments are told of. It depends on the pipeline more than on who wrote the change.",
      ELIGIBLE_CAVEAT,
      MANY_AGENTS_CAVEAT,
    ],
    sources: ["Metric specification 2.2"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "survival",
    lead: null,
    column: "deploySeconds",
    watched: "deployWatched",
    unknown: "unknown_deployment",
  },
};
