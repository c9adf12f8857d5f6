import { type PageScope, requestOver } from "@/components/filters/page-scope";
import type { MetricsRequest } from "@/lib/metrics/types";
import type { Milestone } from "@/lib/settings/types";

const DAY_MS = 86_400_000;

/** Shares that a change of how agents work may move. */
export const MILESTONE_METRICS = [
  "pr_rework_rate",
  "first_pass_yield",
  "rollback_rate_7d",
  "post_merge_rework_rate_21d",
] as const;

/** How many weeks before and after a day are held against each other. */
export const MILESTONE_WEEKS = [4, 8, 12] as const;
export type MilestoneWeeks = (typeof MILESTONE_WEEKS)[number];

const dayAt = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** So many weeks from a day on, against as many before it, of agents; of a team's own day that team alone. */
export function milestoneRequests(scope: PageScope, { day, org, team }: Milestone, weeks: MilestoneWeeks) {
  const filters = { ...scope.filters, org: [org], ...(team !== null && { team: [team] }) };
  const over = (metrics: readonly string[]): MetricsRequest => ({
    ...requestOver({ ...scope, filters }, { metrics: [...metrics], groupBy: [] }),
    from: day,
    to: dayAt(day, weeks * 7),
    compare: { from: dayAt(day, -weeks * 7), to: day },
  });
  return { shares: over(MILESTONE_METRICS), causes: over(["failure_root_cause"]) };
}
