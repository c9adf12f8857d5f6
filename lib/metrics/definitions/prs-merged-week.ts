import { ALWAYS } from "./condition";
import type { MetricDefinition } from "./definition";
import { ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";

export const prsMergedWeek: MetricDefinition = {
  descriptor: {
    id: "prs_merged_week",
    version: 1,
    title: "Pull requests merged per week",
    shortTitle: "Merged per week",
    question: "How much work is merged?",
    definition: "Eligible pull requests merged into the default branch, per calendar week of the organisation.",
    formula: "eligible merged pull requests / weeks",
    unit: "per_week",
    direction: "context",
    additive: true,
    windowSeconds: null,
    interval:
      "Garwood exact Poisson, 95 %; on a weekly row it is the interval of the mean of the four weeks that end with it",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "stacked",
    exportColumn: "prs_merged_week",
    caveats: [ELIGIBLE_CAVEAT, MANY_AGENTS_CAVEAT, "A week that is not over is marked incomplete."],
    sources: ["Metric specification 2.1", "DORA: throughput"],
    benchmarks: [
      {
        id: "001-01",
        low: 1300,
        high: 1300,
        category: null,
        source: "AI Coding Agents Autonomous Production 2025: Benchmarked (Nuvox AI)",
        date: "2025",
        comparability: "no",
      },
    ],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "rate", per: "week", counted: ALWAYS },
};
