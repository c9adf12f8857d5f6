import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { BULK_LINES, DENSITY_CAVEATS } from "./quality-caveats";

export const defectDensity90d: MetricDefinition = {
  descriptor: {
    id: "defect_density_90d",
    version: 1,
    title: "Defects per 1,000 lines, 90 days",
    shortTitle: "Defects / kLOC, 90 d",
    question: "How many defects does merged work bring in the long run?",
    definition:
      "Defects found within 90 days of the merge that name the pull request, per 1,000 lines of production code that were merged.",
    formula: "defects found within 90 days / Σ production lines × 1,000",
    unit: "per_kloc",
    direction: "lower",
    additive: false,
    windowSeconds: 90 * DAY_SECONDS,
    interval: "Garwood exact Poisson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "defect_density_90d",
    caveats: DENSITY_CAVEATS,
    sources: ["Metric specification 2.7"],
    benchmarks: [
      {
        id: "001-06",
        low: 0.8,
        high: 2.8,
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
  measure: {
    kind: "density",
    numerator: "defects90d",
    denominator: "prodLines",
    among: { is: "atMost", column: "effectiveLines", value: BULK_LINES },
    unknown: "unknown_defects",
  },
};
