import type { MetricDefinition } from "./definition";
import { MODEL_CAVEATS, MONEY_DIMENSIONS } from "./money";

export const irr: MetricDefinition = {
  descriptor: {
    id: "irr",
    version: 1,
    title: "Internal rate of return",
    shortTitle: "IRR",
    question: "At which interest would it be worth nothing?",
    definition: "The yearly rate at which the net present value is 0.",
    formula: "(1 + i)^12 − 1, where Σ net of month m / (1 + i)^m = 0",
    unit: "return",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "none",
    dimensions: MONEY_DIMENSIONS,
    chart: "none",
    exportColumn: "irr",
    caveats: [
      "Only where the months change once from loss to gain, or from gain to loss: otherwise there is none, or there are several.",
      ...MODEL_CAVEATS,
    ],
    sources: ["Metric specification 3.2"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "money", of: "irr" },
};
