import type { MetricDefinition } from "./definition";

export const didEffect: MetricDefinition = {
  descriptor: {
    id: "did_effect",
    version: 1,
    title: "Effect of the rollout on throughput",
    shortTitle: "Effect of the rollout",
    question: "What came of it beyond what changed anyway?",
    definition:
      "How much more the teams merged per engineer and week after they began with agents, less by how much the teams changed that had not begun.",
    formula: "mean change of teams that began − mean change of teams that had not",
    unit: "per_engineer_week",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "Welch’s t of the changes of teams, 95 %",
    dimensions: ["org"],
    chart: "none",
    exportColumn: "did_effect",
    caveats: [
      "Of the last wave of teams that can be compared by the end of the period, whatever the beginning of the period; the page Adoption shows every wave and other metrics.",
      "Teams chose to begin, or somebody chose them: what is different about them is not taken out.",
      "Below four teams on either side it may not be called significant, whatever the interval.",
      "Weeks of work come from the roster; phases of the rollout are entered.",
    ],
    sources: ["Metric specification 2.10"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "effect", of: "prs_per_engineer_week" },
};
