import type { MetricRow } from "@/lib/metrics/types";

/** The cards, in their order: shipped, share, speed, rework, taken back, defects. */
export const CARD_METRICS = [
  "agent_prs_merged",
  "ai_share_prs",
  "cycle_time_total",
  "pr_rework_rate",
  "rollback_rate_7d",
  "defect_density_30d",
] as const;

/** What stands in where no source tells of reviews, deployments or defects: a clone tells of these. */
export const SPARE_CARD_METRICS = ["rollback_rate_24h", "ai_share_lines", "effective_safe_prs"] as const;

/** Shares of the work of all; everything else on the page is about the work of agents. */
export const SHARE_METRICS = ["ai_share_prs", "ai_share_lines"] as const;

/** There are pull requests, and of none is known what the metric would have to read. */
function isUntold(row: MetricRow | undefined): boolean {
  return (
    row !== undefined && row.value === null && row.n === 0 && row.immature === 0 && Object.keys(row.excluded).length > 0
  );
}

/** The cards to show: where nothing is told of one, the next spare one stands in its place. */
export function chooseCards(rowOf: (metric: string) => MetricRow | undefined): string[] {
  const spare = SPARE_CARD_METRICS.filter((metric) => !isUntold(rowOf(metric)));
  return CARD_METRICS.map((metric) => (isUntold(rowOf(metric)) ? (spare.shift() ?? metric) : metric));
}
