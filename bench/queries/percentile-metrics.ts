import type { NumberColumn } from "@/lib/metrics/columns/table";
import type { MetricDefinition } from "@/lib/metrics/definitions/definition";
import { PULL_REQUEST_DIMENSIONS } from "@/lib/metrics/definitions/pull-request-dimensions";
import { listMetrics } from "@/lib/metrics/registry";
import type { Unit } from "@/lib/metrics/types";

/** Percentiles cost more than sums; until the registry holds some, these show what they take. */
const PERCENTILES: readonly { id: string; column: NumberColumn; at: number; unit: Unit }[] = [
  { id: "bench_lines_p50", column: "effectiveLines", at: 0.5, unit: "lines" },
  { id: "bench_lines_p90", column: "effectiveLines", at: 0.9, unit: "lines" },
  { id: "bench_time_to_rollback_p50", column: "rollbackSeconds", at: 0.5, unit: "seconds" },
];

/** Definitions of exact percentiles that exist in the benchmark alone. */
export const PERCENTILE_METRICS: readonly MetricDefinition[] = PERCENTILES.map(({ at, column, id, unit }) => ({
  descriptor: {
    id,
    version: 1,
    title: id,
    shortTitle: id,
    question: "",
    definition: "",
    formula: `percentile ${at} of ${column}`,
    unit,
    direction: "context",
    additive: false,
    windowSeconds: null,
    interval: "",
    dimensions: PULL_REQUEST_DIMENSIONS,
    chart: "line",
    exportColumn: id,
    caveats: [],
    sources: [],
    benchmarks: [],
  },
  population: "all",
  shareOf: [],
  alwaysBy: null,
  lowerBound: false,
  measure: { kind: "percentile", column, at, unknown: "unknown_lines" },
}));

/** What every question is asked of: all registered metrics and the percentiles above. */
export const measuredDescriptors = () => [...listMetrics(), ...PERCENTILE_METRICS.map(({ descriptor }) => descriptor)];
