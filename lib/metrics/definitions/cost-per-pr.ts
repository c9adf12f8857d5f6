import type { MetricDefinition } from "./definition";
import { COST_CAVEATS, MONEY_DIMENSIONS } from "./money";

export const costPerPr: MetricDefinition = {
  descriptor: {
    id: "cost_per_pr",
    version: 1,
    title: "Cost of a pull request",
    shortTitle: "Cost per PR",
    question: "What does a merged pull request of an agent cost?",
    definition: "Everything that agents cost in the period, by the pull requests of agents that were merged in it.",
    formula: "all cost of agents in the period / agent pull requests merged",
    unit: "money",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "of the number of pull requests, by chance, 95 %",
    dimensions: MONEY_DIMENSIONS,
    chart: "line",
    exportColumn: "cost_per_pr",
    caveats: COST_CAVEATS,
    sources: ["Metric specification 2.9"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "money", of: "cost_per_pr" },
};
