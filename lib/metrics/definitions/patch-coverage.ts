import type { MetricDefinition } from "./definition";
import { ELIGIBLE_CAVEAT } from "./population-caveats";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { COVERAGE_CAVEATS } from "./quality-caveats";

export const patchCoverage: MetricDefinition = {
  descriptor: {
    id: "patch_coverage",
    version: 1,
    title: "Patch coverage",
    shortTitle: "Patch coverage",
    question: "How much of what is changed do tests run?",
    definition: "Changed lines that tests run, as a share of the changed lines that tests could run.",
    formula: "Σ covered changed lines / Σ coverable changed lines",
    unit: "proportion",
    direction: "higher",
    additive: false,
    windowSeconds: null,
    interval: "bootstrap over pull requests, 95 %; delta method above 200",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: "patch_coverage",
    caveats: ["Only where CI sends the diff with the report.", ...COVERAGE_CAVEATS, ELIGIBLE_CAVEAT],
    sources: ["Metric specification 2.7"],
    benchmarks: [
      {
        id: "001-25",
        low: 0.78,
        high: 0.85,
        category: null,
        source: "AI Coding Agents Autonomous Production 2025: Benchmarked (Nuvox AI)",
        date: "2025",
        comparability: "caution",
      },
    ],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "ratio", numerator: "patchCovered", denominator: "patchCoverable", unknown: "unknown_coverage" },
};
