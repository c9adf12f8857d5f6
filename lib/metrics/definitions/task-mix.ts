import { ALWAYS } from "./condition";
import type { MetricDefinition } from "./definition";
import { AGENT_POPULATION_CAVEAT, ELIGIBLE_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const taskMix: MetricDefinition = {
  descriptor: {
    id: "task_mix",
    version: 1,
    title: "Task mix",
    shortTitle: "Task mix",
    question: "What kind of work do agents get?",
    definition: "Eligible agent pull requests of each task category, as a share of all of them.",
    formula: "eligible agent pull requests of the category / eligible agent pull requests",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %, for each category by itself",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "bar",
    exportColumn: "task_mix",
    caveats: [
      "Every row carries a category; the rows of one group add up to 100 %.",
      AGENT_POPULATION_CAVEAT,
      ELIGIBLE_CAVEAT,
      "Features have no category of their own and are unclassified.",
    ],
    sources: ["Metric specification 2.0 (G7)"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: ["category", "severity"],
  alwaysBy: "category",
  lowerBound: false,
  measure: { kind: "proportion", numerator: ALWAYS },
};
