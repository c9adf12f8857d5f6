import type { MetricDefinition } from "./definition";
import { COST_CAVEATS, MONEY_DIMENSIONS } from "./money";

export const costPerSafePr: MetricDefinition = {
  descriptor: {
    id: "cost_per_safe_pr",
    version: 1,
    title: "Cost of a safe pull request",
    shortTitle: "Cost per safe PR",
    question: "What does one cost that stays?",
    definition:
      "Everything that agents cost in the period, by the merged pull requests that are not rolled back in 7 days.",
    formula:
      "all cost of agents in the period / (agent pull requests merged × share of the mature ones that were not rolled back)",
    unit: "money",
    direction: "lower",
    additive: false,
    windowSeconds: 604800,
    interval: "of the number of pull requests and of the share, by chance, 95 %",
    dimensions: MONEY_DIMENSIONS,
    chart: "line",
    exportColumn: "cost_per_safe_pr",
    caveats: COST_CAVEATS,
    sources: ["Metric specification 2.9"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "money", of: "cost_per_safe_pr" },
};
