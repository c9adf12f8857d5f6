"use client";

import { useCallback } from "react";
import type { PageScope } from "@/components/filters/page-scope";
import type { ExplorerNarrowing } from "@/components/filters/search-params";
import { useFilters, usePullRequestsHref } from "@/components/filters/use-filters";
import { bucketDays } from "@/lib/core/period";

/** What a number counts, beyond the page's filters and whose work it is. */
const COUNTED: Readonly<Record<string, Partial<ExplorerNarrowing>>> = {
  rollback_rate_24h: { rolledBack: true, window: "24h" },
  rollback_rate_7d: { rolledBack: true, window: "7d" },
  effective_safe_prs: { rolledBack: false, window: "7d" },
  human_equivalent_devs: { rolledBack: false, window: "7d" },
  rejection_rate: { metric: "rejection_rate", part: "counted", ended: "closed" },
};

/** Shares of which the list shows what they count. */
const SHARES: ReadonlySet<string> = new Set([
  "acceptance_rate",
  "attribution_strong_share",
  "attribution_weak_share",
  "auto_merge_rate",
  "compliance_rate",
  "first_pass_yield",
  "human_intervention_rate",
  "post_merge_rework_rate_21d",
  "pr_rework_rate",
  "production_debugging_rate_30d",
  "unreviewed_merge_rate",
  "features_per_engineer_week",
]);

/** Values that rest on every pull request of which something is known. */
const MEASURED: ReadonlySet<string> = new Set([
  "audit_factor",
  "code_churn_14d",
  "code_churn_21d",
  "commits_per_day",
  "coverage_delta_pp",
  "patch_coverage",
  "cycle_time_total",
  "fix_cycle_time",
  "defect_density_30d",
  "defect_density_90d",
  "defect_density_30d_inferred",
  "defect_density_90d_inferred",
  "fix_loop_rounds",
  "merge_to_deploy",
  "pre_merge_catch_rate",
  "sast_findings_density",
  "review_hours",
  "review_hours_per_pr",
  "security_density_90d",
  "stage_coding",
  "stage_merge",
  "stage_pickup",
  "stage_review",
]);

/** Numbers of pull requests that were merged and of those that were closed without it. */
const BOTH_ENDINGS: ReadonlySet<string> = new Set([
  "acceptance_rate",
  "failure_root_cause",
  "first_pass_yield",
  "human_intervention_rate",
  "review_hours",
]);

function narrowingOf(metric: string): Partial<ExplorerNarrowing> {
  return { ...countedBy(metric), ...(BOTH_ENDINGS.has(metric) && { ended: "any" }) };
}

function countedBy(metric: string): Partial<ExplorerNarrowing> {
  if (SHARES.has(metric)) return { metric, part: "counted" };
  return COUNTED[metric] ?? (MEASURED.has(metric) ? { metric } : {});
}

/**
 * Makes the link from a metric's number to exactly the pull requests that it counts: eligible ones, by agents unless a
 * filter chose otherwise, old enough for the window where there is one.
 */
export function useBehind() {
  const [{ authorKind, agent }] = useFilters();
  const hrefOf = usePullRequestsHref();
  const everyone = authorKind.length > 0 || agent.length > 0;
  return useCallback(
    (metric: string, narrowed: Partial<ExplorerNarrowing> = {}) =>
      hrefOf({
        ...(!everyone && { authorKind: ["agent", "assisted"] }),
        counted: true,
        ...narrowingOf(metric),
        ...narrowed,
      }),
    [hrefOf, everyone],
  );
}

/** Narrows a list to a week or month of a course, or to some that stand together, as far as they are in the period. */
export function inBucket(
  { period, timeZone }: Pick<PageScope, "period" | "timeZone">,
  grain: "week" | "month",
  { bucket, lastBucket = bucket }: { bucket: string; lastBucket?: string },
): Pick<ExplorerNarrowing, "period" | "from" | "to"> {
  const { first } = bucketDays(bucket, grain, timeZone);
  const { last } = bucketDays(lastBucket, grain, timeZone);
  const beginsBefore = first < period.firstDay;
  const endsAfter = last > period.lastDay;
  return {
    period: "custom",
    from: beginsBefore ? period.firstDay : first,
    to: endsAfter ? period.lastDay : last,
  };
}
