import type { MetricDefinition } from "./definition";
import { ESTIMATE_CAVEATS } from "./effort-caveats";
import { ELIGIBLE_CAVEAT } from "./population-caveats";

export const auditFactor: MetricDefinition = {
  descriptor: {
    id: "audit_factor",
    version: 1,
    title: "Audit factor",
    shortTitle: "Audit factor",
    question: "How much more review does agents' work take?",
    definition:
      "Estimated review per line of agents' merged work, as a multiple of that of people's, as if both did the same mix of tasks.",
    formula:
      "Σ weight × (agents' review hours / agents' effective lines) / Σ weight × (people's review hours / people's effective lines), by task",
    unit: "times",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "95 %: delta method on the logarithm, over pull requests of each task",
    dimensions: ["org", "repo", "team", "category", "severity", "sizeBucket"],
    chart: "interval",
    exportColumn: "audit_factor",
    caveats: [
      "Weights are the tasks' shares of the lines of both; tasks that only one of them did are left out and counted.",
      "Lines that nobody reviewed count: where more of agents' work is merged without a review, the factor is lower for it.",
      "Agent and assisted pull requests against those of people; automation is in neither.",
      ...ESTIMATE_CAVEATS,
      ELIGIBLE_CAVEAT,
    ],
    sources: ["Metric specification 2.4", "AI Coding Agents Autonomous Production 2025 (Nuvox AI): 3–5 times"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "factor", numerator: "effortSeconds", denominator: "effectiveLines", unknown: "unknown_reviews" },
};
