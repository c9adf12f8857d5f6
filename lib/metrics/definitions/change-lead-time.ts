import type { MetricDefinition } from "./definition";
import { DORA_SOURCE } from "./delivery-caveats";
import { MEDIAN_INTERVAL } from "./flow-caveats";
import { ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const changeLeadTime: MetricDefinition = {
  descriptor: {
    id: "change_lead_time",
    version: 1,
    title: "Change lead time",
    shortTitle: "Lead time",
    question: "How long does it take from writing a commit until it runs in production?",
    definition:
      "Median time from when a commit of a merged pull request was written until the first production deployment that held it, of the commits deployed in the period.",
    formula: "median of first production deployment − author date, over deployed commits",
    unit: "seconds",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: MEDIAN_INTERVAL,
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "change_lead_time",
    caveats: [
      "Every commit of a branch counts by itself, so that long branches weigh more; pull requests whose commits are unknown are missing, and so is what was pushed without one.",
      "A commit counts in the period in which it was deployed; what waits to be deployed is in no period yet.",
      "Rebased commits keep the time when they were written.",
      "Deployments to production alone, of repositories that tell of them.",
      ELIGIBLE_CAVEAT,
      MANY_AGENTS_CAVEAT,
    ],
    sources: ["Metric specification 2.2 and 2.6", DORA_SOURCE],
    benchmarks: [],
  },
  population: "all",
  subjects: ["commit"],
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "percentile", column: "leadSeconds", at: 0.5, unknown: "unknown_commits" },
};
