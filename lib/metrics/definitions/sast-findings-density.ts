import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { BULK_LINES, FINDINGS_CAVEATS } from "./quality-caveats";

export const sastFindingsDensity: MetricDefinition = {
  descriptor: {
    id: "sast_findings_density",
    version: 1,
    title: "Findings of code scanners before the merge, per 1,000 lines",
    shortTitle: "Findings / kLOC",
    question: "How much do scanners find in work that is ready for review?",
    definition:
      "What code scanners found in pull requests on the first head that was ready for review, per 1,000 lines of production code that were merged.",
    formula: "findings on the first ready head / Σ production lines × 1,000",
    unit: "per_kloc",
    direction: "lower",
    additive: false,
    windowSeconds: null,
    interval: "Garwood exact Poisson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "sast_findings_density",
    caveats: FINDINGS_CAVEATS,
    sources: ["Metric specification 2.7"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "density",
    numerator: "findings",
    denominator: "prodLines",
    among: { is: "atMost", column: "effectiveLines", value: BULK_LINES },
    unknown: "not_scanned",
  },
};
