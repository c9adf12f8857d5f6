import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { MetricDefinition } from "./definition";
import { PULL_REQUEST_DIMENSIONS } from "./pull-request-dimensions";
import { BULK_LINES, INFERRED_CAVEATS } from "./quality-caveats";

export const defectDensity30dInferred: MetricDefinition = {
  descriptor: {
    id: "defect_density_30d_inferred",
    version: 1,
    title: "Defects per 1,000 lines, 30 days, inferred ones too",
    shortTitle: "Defects / kLOC, 30 d, inferred too",
    question: "How many defects does merged work bring, with those that nobody traced back?",
    definition:
      "Defects found within 30 days of the merge that name the pull request, or whose fix changes lines of which it brought at least half, per 1,000 lines of production code that were merged.",
    formula: "(defects that name it + defects inferred from their fixes) within 30 days / Σ production lines × 1,000",
    unit: "per_kloc",
    direction: "lower",
    additive: false,
    windowSeconds: 30 * DAY_SECONDS,
    interval: "Garwood exact Poisson, 95 %",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "interval",
    exportColumn: "defect_density_30d_inferred",
    caveats: INFERRED_CAVEATS,
    sources: ["Metric specification 2.7"],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: {
    kind: "density",
    numerator: "allDefects30d",
    denominator: "prodLines",
    among: { is: "atMost", column: "effectiveLines", value: BULK_LINES },
    unknown: "not_traced",
  },
};
