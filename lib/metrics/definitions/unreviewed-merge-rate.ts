import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REVIEW_CAVEATS } from "./review-caveats";

export const unreviewedMergeRate: MetricDefinition = {
  descriptor: {
    id: "unreviewed_merge_rate",
    version: 1,
    title: "Merged without human review",
    shortTitle: "Unreviewed",
    question: "How much agent work is merged without anybody looking at it?",
    definition:
      "Merged agent pull requests that no person reviewed before the merge, as a share of all of which reviews are known.",
    formula: "merged agent pull requests without a human review / merged agent pull requests",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "unreviewed_merge_rate",
    caveats: REVIEW_CAVEATS,
    sources: ["Metric specification 2.3"],
    benchmarks: [
      {
        id: "001-39",
        low: 0.88,
        high: 0.88,
        category: null,
        source: "AI Coding Agents Autonomous Production 2025: Benchmarked (Nuvox AI)",
        date: "2025",
        comparability: "caution",
      },
    ],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: { is: "atMost", column: "humanReviews", value: 0 },
    known: { column: "humanReviews", unknown: "unknown_reviews" },
  },
};
