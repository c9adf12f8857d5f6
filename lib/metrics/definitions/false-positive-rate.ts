import type { MetricDefinition } from "./definition";
import { REPORTED_DIMENSIONS } from "./people";

export const falsePositiveRate: MetricDefinition = {
  descriptor: {
    id: "false_positive_rate",
    version: 1,
    title: "False suggestions",
    shortTitle: "False suggestions",
    question: "How many suggestions are wrong?",
    definition: "Suggestions of tools that somebody judged to be false, as a share of those that somebody judged.",
    formula: "suggestions judged false / suggestions judged",
    unit: "proportion",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: REPORTED_DIMENSIONS,
    chart: "line",
    exportColumn: "false_positive_rate",
    caveats: [
      "As editors, scanners and review tools report them, GitHub’s alerts that somebody dismissed or mended, and comments of programs in reviews by the thumbs that they had when they were read: what nobody judged is counted beside, and is not taken for right.",
      "By the day that the report names.",
    ],
    sources: ["Metric specification 2.8"],
    benchmarks: [
      {
        id: "000-13",
        low: 0.09,
        high: 0.18,
        category: null,
        source:
          "From Prototype to Production: The Data-Driven Saga of an AI Coding Agent Transforming an Enterprise: before and after",
        date: "2025",
        comparability: "caution",
      },
    ],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "reported", of: "suggestions", as: "share", fewest: 1, unknown: "not_judged" },
};
