import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { BULK_LINES, DENSITY_CAVEATS } from "./quality-caveats";

export const securityDensity90d: MetricDefinition = {
  descriptor: {
    id: "security_density_90d",
    version: 1,
    title: "Security issues per 1,000 lines, 90 days",
    shortTitle: "Security / kLOC",
    question: "How many security issues does merged work bring?",
    definition:
      "Security defects found within 90 days of the merge that name the pull request, per 1,000 lines of production code that were merged.",
    formula: "security defects found within 90 days / Σ production lines × 1,000",
    unit: "per_kloc",
    direction: "lower",
    additive: false,
    windowSeconds: 90 * DAY_SECONDS,
    interval: "Garwood exact Poisson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "security_density_90d",
    caveats: [
      "Alerts of code scanning are not in it yet: only defects that are marked as security issues.",
      ...DENSITY_CAVEATS,
    ],
    sources: ["Metric specification 2.7"],
    benchmarks: [
      {
        id: "001-07",
        low: 0.1,
        high: 0.6,
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
    numerator: "security90d",
    denominator: "prodLines",
    among: { is: "atMost", column: "effectiveLines", value: BULK_LINES },
    unknown: "unknown_defects",
  },
};
