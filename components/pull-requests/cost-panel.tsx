"use client";

import Link from "next/link";
import { useMemo } from "react";
import { serializeFilters } from "@/components/filters/search-params";
import { useNameOf } from "@/components/filters/use-filters";
import { ReportPanel } from "@/components/layout/report-panel";
import { useDescriptor, useWorkspace } from "@/components/layout/workspace-context";
import { formatMetricValue } from "@/components/metrics/format-metric";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { formatMonth } from "@/lib/core/format";
import { addDays, dayOf, startOfDay, startOfMonth } from "@/lib/core/zoned-time";
import type { PullRequestDetail } from "@/lib/metrics/explorer/types";

const METRIC = "cost_per_pr";

/** The month in which it was merged, of the organisation's calendar. */
function monthOf(mergedAt: string, timeZone: string) {
  const first = startOfMonth(dayOf(mergedAt, timeZone));
  const next = startOfMonth(first, 1);
  return {
    first,
    last: addDays(next, -1),
    from: startOfDay(first, timeZone).toISOString(),
    to: startOfDay(next, timeZone).toISOString(),
  };
}

/** What one like it cost in its team and month: bills are of agents and days, and never of one pull request. */
export function CostPanel({ pullRequest, timeZone }: { pullRequest: PullRequestDetail; timeZone: string }) {
  const { mergedAt, org, team } = pullRequest;
  const { me } = useWorkspace();
  const descriptor = useDescriptor(METRIC);
  const nameOf = useNameOf();
  const month = useMemo(() => monthOf(mergedAt, timeZone), [mergedAt, timeZone]);
  const filters = useMemo(() => ({ org: [org], ...(team !== null && { team: [team] }) }), [org, team]);
  const { from, to } = month;
  const maySee = me.permissions.includes("money:read");
  const { data } = useMetricsQuery(
    { metrics: [METRIC], from, to, timeZone, grain: null, groupBy: [], filters },
    { enabled: maySee },
  );
  const [row] = rowsOf(data, METRIC);
  if (!maySee) return null;
  const period = { period: "custom", from: month.first, to: month.last } as const;
  const whose = team === null ? "" : ` of ${nameOf("team", team)}`;
  return (
    <ReportPanel title="What did it cost?">
      {/* Its place is kept until it is known, so that what stands below does not move. */}
      <p className="min-h-[3lh]" aria-busy={row === undefined}>
        {row?.value === null && `It is not known what pull requests of agents cost in that month: ${row.reason}.`}
        {row !== undefined && row.value !== null && (
          <>
            {row.flags.includes("lower_bound") && "At least "}
            <span className="num font-medium">{formatMetricValue(descriptor, row.value, row.currency)}</span> is what
            one of agents{whose} cost in {formatMonth(month.from, timeZone)}, all of it: models, seats and checks, and
            review, rework and rollbacks at their rates.
          </>
        )}
      </p>
      <p className="mt-2 text-note text-ink-3">
        Bills are of days and agents, never of one pull request.{" "}
        <Link
          prefetch={false}
          href={serializeFilters("/costs", { ...period, ...filters })}
          className="underline underline-offset-3 hover:text-ink"
        >
          Cost of that month
        </Link>
      </p>
    </ReportPanel>
  );
}
