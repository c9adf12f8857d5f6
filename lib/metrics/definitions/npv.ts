import type { MetricDefinition } from "./definition";
import { MODEL_CAVEATS, MONEY_DIMENSIONS } from "./money";

export const npv: MetricDefinition = {
  descriptor: {
    id: "npv",
    version: 1,
    title: "Net present value",
    shortTitle: "NPV",
    question: "What is it worth today?",
    definition: "What every month of the plan brings less what it costs, discounted to today.",
    formula: "Σ net of month m / (1 + monthly rate)^m, month 0 undiscounted",
    unit: "money",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Monte Carlo, 10th to 90th percentile",
    dimensions: MONEY_DIMENSIONS,
    chart: "none",
    exportColumn: "npv",
    caveats: [...MODEL_CAVEATS],
    sources: ["Metric specification 3.2"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "money", of: "npv" },
};
