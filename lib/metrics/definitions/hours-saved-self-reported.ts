import type { MetricDefinition } from "./definition";
import { REPORTED_DIMENSIONS } from "./people";

export const hoursSavedSelfReported: MetricDefinition = {
  descriptor: {
    id: "hours_saved_self_reported",
    version: 1,
    title: "Hours saved a month, as people say",
    shortTitle: "Hours saved",
    question: "How much time do people believe to save?",
    definition: "Mean of the hours a month that people say they save, by survey.",
    formula: "Σ hours / answers",
    unit: "hours",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "delta method, 95 %; none below 10",
    dimensions: REPORTED_DIMENSIONS,
    chart: "line",
    exportColumn: "hours_saved_self_reported",
    caveats: [
      "Self-reported: in a controlled trial developers felt 20 % faster while they were measured to be 19 % slower.",
      "A mean: one large answer moves it.",
      "Fewer than five answers are not shown: the figure would be about persons.",
    ],
    sources: [
      "Metric specification 2.9",
      "METR: measuring the impact of early-2025 AI on experienced open-source developers",
    ],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "reported", of: "hours_saved", as: "mean", fewest: 5 },
};
