"use client";

import { useCallback, useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { LazyTrendChart } from "@/components/charts/lazy-charts";
import { prepareTrend, type TrendSeries } from "@/components/charts/prepare-trend";
import { DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { useWorkspace } from "@/components/layout/workspace-context";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { MeasureGroupPanel } from "@/components/reports/measures/measure-group-panel";
import { QueryError } from "@/components/reports/query-error";
import { type TrendHref, trendColumns } from "@/components/reports/trend-columns";
import { inBucket, useBehind } from "@/components/reports/use-behind";
import { dayOf } from "@/lib/core/zoned-time";
import { ATTRIBUTION_METRICS, attributionRequests } from "./attribution-requests";

const TITLE = "How much of the work carries marks of agents?";
const COLORS: Readonly<Record<string, string>> = {
  attribution_strong_share: "var(--agent)",
  attribution_weak_share: "var(--human)",
};

/** How much of the work carries strong and weak marks of agents, by month and by repository; the rest carries none. */
export function AttributionPanel({ scope }: { scope: PageScope }) {
  const requests = useMemo(() => attributionRequests(scope), [scope]);
  const { descriptors: all } = useWorkspace();
  const months = useMetricsQuery(requests.months);
  const repos = useMetricsQuery(requests.repos);
  const descriptors = useMemo(() => ATTRIBUTION_METRICS.flatMap((id) => all.find((one) => one.id === id) ?? []), [all]);
  const series = useMemo(
    (): TrendSeries[] =>
      descriptors.map(({ id, shortTitle }) => ({
        key: id,
        label: shortTitle,
        color: COLORS[id] ?? "var(--ink-3)",
        rows: rowsOf(months.data, id),
      })),
    [descriptors, months.data],
  );
  const data = useMemo(() => prepareTrend(series, "month", scope.timeZone), [series, scope.timeZone]);
  const behind = useBehind();
  const firstDay = dayOf(requests.months.from, scope.timeZone);
  const hrefOf = useCallback<TrendHref>(
    (point, metric) =>
      behind(metric, {
        authorKind: [],
        ...inBucket({ timeZone: scope.timeZone, period: { ...scope.period, firstDay } }, "month", point),
      }),
    [behind, firstDay, scope],
  );
  const columns = useMemo(() => trendColumns(series, "Month", hrefOf), [series, hrefOf]);
  const failed = [months, repos].find(({ isError }) => isError);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => failed.refetch()} />;
  const isDrawn = data.points.filter(({ readings }) => readings.some(({ value }) => value !== null)).length > 1;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <MetricPanel
        title={TITLE}
        note="By month of the merge, over a year. What carries none is counted as people’s: agents that work under people’s accounts leave no mark, so that every share of agents is at least what it says."
        csvHref={metricsCsvHref(requests.months)}
        pending={months.data === undefined}
        busy={months.isPlaceholderData}
        table={
          <DataTable
            caption={TITLE}
            columns={columns}
            rows={data.points.toReversed()}
            rowKey={({ bucket }) => bucket}
            fold={13}
          />
        }
      >
        {isDrawn ? (
          <>
            <LazyTrendChart
              data={data}
              title={TITLE}
              desc="Two lines, one point per month. The table shows the same numbers."
              hrefOf={hrefOf}
            />
            <ChartLegend items={[...data.series]} />
          </>
        ) : (
          <StateMessage compact title="Too little was merged to draw a line">
            <p>Choose a longer period, or read the table.</p>
          </StateMessage>
        )}
      </MetricPanel>
      <MeasureGroupPanel
        group="repo"
        title="By repository"
        descriptors={descriptors}
        answer={repos.data}
        request={requests.repos}
        busy={repos.isPlaceholderData}
      />
    </div>
  );
}
