import { COVERAGE_OFFSET } from "@/lib/core/coverage";
import type { MetricDefinition } from "./definition";
import { MEDIAN_INTERVAL } from "./flow-caveats";
import { ELIGIBLE_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { COVERAGE_CAVEATS } from "./quality-caveats";

export const coverageDeltaPp: MetricDefinition = {
  descriptor: {
    id: "coverage_delta_pp",
    version: 1,
    title: "Change of test coverage",
    shortTitle: "Coverage change",
    question: "Does merged work raise or lower the coverage by tests?",
    definition:
      "Median change of the share of lines that tests run, from what a pull request was merged into to its head, in percentage points.",
    formula: "median of coverage of the head − coverage of the base",
    unit: "points",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: MEDIAN_INTERVAL,
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "coverage_delta_pp",
    caveats: [
      "Of the whole repository: a small change of a large one moves it little. Patch coverage says more of the change itself.",
      ...COVERAGE_CAVEATS,
      ELIGIBLE_CAVEAT,
    ],
    sources: ["Metric specification 2.7"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "percentile",
    column: "coverageDelta",
    at: 0.5,
    unknown: "unknown_coverage",
    written: { less: COVERAGE_OFFSET, by: 100 },
  },
};
