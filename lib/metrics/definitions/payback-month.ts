import type { MetricDefinition } from "./definition";
import { MODEL_CAVEATS, MONEY_DIMENSIONS } from "./money";

export const paybackMonth: MetricDefinition = {
  descriptor: {
    id: "payback_month",
    version: 1,
    title: "Payback",
    shortTitle: "Payback",
    question: "When has it come back?",
    definition: "Months until the sum of the months so far stays above 0.",
    formula: "last month in which the undiscounted sum crosses from below 0, with the part of it",
    unit: "months",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "none",
    dimensions: MONEY_DIMENSIONS,
    chart: "none",
    exportColumn: "payback_month",
    caveats: ["A sum that touches 0 and falls again has not come back.", ...MODEL_CAVEATS],
    sources: ["Metric specification 3.2"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "money", of: "payback_month" },
};
