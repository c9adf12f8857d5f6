import { type PageScope, requestOver } from "@/components/filters/page-scope";
import { agentsIn } from "@/components/reports/measures/measure-page";
import type { BenchmarkItem } from "@/lib/metrics/benchmarks/types";
import type { MetricDescriptor, MetricsRequest } from "@/lib/metrics/types";

/** Published of a quarter, or of one squad: a company's own number of the period that is shown says nothing beside them. */
const OF_ANOTHER_SIZE: ReadonlySet<string> = new Set(["incidents_per_quarter", "commits_per_day", "prs_merged_week"]);
/** Whether a published figure has one of one's own beside it. */
export const hasOwn = ({ metric }: Pick<BenchmarkItem, "metric">): boolean =>
  metric !== null && !OF_ANOTHER_SIZE.has(metric);

const GROUPED = { rollback_rate_24h: "category", failure_root_cause: "cause" } as const;

/** The company's own figures that published ones are held against: of agents' work, unless the reader chose whose. */
export function benchmarkRequests(
  scope: PageScope,
  items: readonly Pick<BenchmarkItem, "metric">[],
  descriptors: readonly Pick<MetricDescriptor, "id">[],
) {
  const known = new Set(descriptors.map(({ id }) => id));
  const metrics = [...new Set(items.filter(hasOwn).flatMap(({ metric }) => metric ?? []))].filter(
    (metric) => known.has(metric) && metric !== "failure_root_cause",
  );
  const own = agentsIn(scope);
  return {
    whole: requestOver(own, { metrics, groupBy: [] }),
    category: requestOver(own, { metrics: ["rollback_rate_24h"], groupBy: [GROUPED.rollback_rate_24h] }),
    cause: requestOver(own, { metrics: ["failure_root_cause"], groupBy: [] }),
  } satisfies Record<string, MetricsRequest>;
}
