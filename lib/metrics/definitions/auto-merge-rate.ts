import { isYes } from "./condition";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { REVIEW_CAVEATS } from "./review-caveats";

export const autoMergeRate: MetricDefinition = {
  descriptor: {
    id: "auto_merge_rate",
    version: 1,
    title: "Merged automatically",
    shortTitle: "Auto-merged",
    question: "How much agent work is merged by a program?",
    definition:
      "Merged agent pull requests that a program merged, queued or set to merge, as a share of all of which that is known.",
    formula: "merged agent pull requests merged by a program / merged agent pull requests",
    unit: "proportion",
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "Wilson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "auto_merge_rate",
    caveats: [
      "A person who switches on auto-merge or adds to the merge queue has decided: that is not automatic.",
      ...REVIEW_CAVEATS,
    ],
    sources: ["Metric specification 2.3"],
    benchmarks: [],
  },
  population: "agent",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "proportion",
    numerator: isYes("autoMerged"),
    known: { column: "autoMerged", unknown: "unknown_merger" },
  },
};
