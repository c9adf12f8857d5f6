import type { Dimension } from "@/lib/core/dimensions";
import { type MetricsQuery, type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricDescriptor } from "@/lib/metrics/types";
import type { QueryPeriod } from "./cases";

/** How many metrics one query takes. */
const MOST_METRICS = 20;
/** How many of them a panel by a dimension shows. */
const PANEL_METRICS = 3;
const PANELS: readonly { groupBy: Dimension; grain: "week" | null; compare: boolean }[] = [
  { groupBy: "authorKind", grain: "week", compare: false },
  { groupBy: "category", grain: null, compare: true },
  { groupBy: "team", grain: null, compare: true },
  { groupBy: "repo", grain: null, compare: true },
  { groupBy: "agent", grain: null, compare: false },
];

/**
 * What the Overview asks for at once, made from the registry: the totals of all metrics with the period before, their
 * weekly course, and a panel by each of the usual dimensions. The page shows a part of the metrics; this is the whole.
 */
export function overviewQueries(metrics: readonly MetricDescriptor[], period: QueryPeriod): MetricsQuery[] {
  const ids = metrics.map(({ id }) => id);
  const ask = (input: Omit<MetricsQueryInput, "from" | "to">) => metricsQuerySchema.parse({ ...period, ...input });
  const queries: MetricsQuery[] = [];
  for (let start = 0; start < ids.length; start += MOST_METRICS) {
    const part = ids.slice(start, start + MOST_METRICS);
    queries.push(ask({ metrics: part, compare: "previous" }), ask({ metrics: part, grain: "week" }));
  }
  for (const { compare, grain, groupBy } of PANELS) {
    const shown = metrics.filter(({ dimensions }) => dimensions.includes(groupBy)).slice(0, PANEL_METRICS);
    if (shown.length === 0) continue;
    const panel = { metrics: shown.map(({ id }) => id), groupBy: [groupBy], grain };
    queries.push(ask(compare ? { ...panel, compare: "previous" } : panel));
  }
  return queries;
}
