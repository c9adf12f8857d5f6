import type { MetricDefinition } from "./definition";
import { REPORTED_DIMENSIONS } from "./people";

export const trustScore: MetricDefinition = {
  descriptor: {
    id: "trust_score",
    version: 1,
    title: "Trust in agents, as people say",
    shortTitle: "Trust",
    question: "Do people trust what agents write?",
    definition: "Answers 4 and 5 of 5 to a survey’s question about trust, as a share of all answers.",
    formula: "answers 4 and 5 / answers",
    unit: "proportion",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: REPORTED_DIMENSIONS,
    chart: "line",
    exportColumn: "trust_score",
    caveats: [
      "Self-reported: what people feel, and not what was measured.",
      "Who answers chooses to: the share that did stands beside it, where it was said how many were asked.",
      "Fewer than five answers are not shown: the figure would be about persons.",
    ],
    sources: ["Metric specification 2.9", "SPACE: satisfaction and perception"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "reported", of: "trust", as: "share", fewest: 5 },
};
