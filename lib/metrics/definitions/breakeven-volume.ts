import type { MetricDefinition } from "./definition";
import { MODEL_CAVEATS, MONEY_DIMENSIONS } from "./money";

export const breakevenVolume: MetricDefinition = {
  descriptor: {
    id: "breakeven_volume",
    version: 1,
    title: "Break-even volume",
    shortTitle: "Break-even",
    question: "From how many pull requests a month does it pay?",
    definition: "Pull requests of agents a month at which what they bring pays for what is paid every month anyway.",
    formula: "⌈fixed cost a month / (benefit − cost of one pull request)⌉",
    unit: "count",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Monte Carlo, 10th to 90th percentile",
    dimensions: MONEY_DIMENSIONS,
    chart: "none",
    exportColumn: "breakeven_volume",
    caveats: ["Where every pull request loses money there is none, which is an answer.", ...MODEL_CAVEATS],
    sources: ["Metric specification 3.2"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "money", of: "breakeven_volume" },
};
