import type { Opening } from "@/components/metrics/headline";
import type { MetricRow } from "@/lib/metrics/types";

/** The opening of a page that there is no pull request for: nothing is unknown then. null where there are some. */
export function nothingEnded(row: MetricRow | undefined, isAboutAgents: boolean): Opening | null {
  if (row === undefined || (row.n ?? 0) > 0 || row.immature > 0 || Object.keys(row.excluded).length > 0) return null;
  const whose = isAboutAgents ? "pull requests by agents" : "pull requests";
  return {
    headline: [`No ${whose} ended in this period with these filters.`],
    lede: ["Choose a longer period or clear a filter."],
  };
}
