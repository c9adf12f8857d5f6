"use client";

import { useCallback, useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { prepareTrend, type TrendSeries } from "@/components/charts/prepare-trend";
import { DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { rowsOf } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { LazyMarkedTrendChart } from "@/components/reports/milestones/lazy-marked-trend-chart";
import { type TrendHref, trendColumns } from "@/components/reports/trend-columns";
import { inBucket, useBehind } from "@/components/reports/use-behind";
import type { MetricsRequest, MetricsResponse } from "@/lib/metrics/types";

/** The share of people who work with agents beside the share of the work, over time. */
export function AdoptionTrendPanel({
  scope,
  answer,
  request,
  busy,
}: {
  scope: PageScope;
  answer: MetricsResponse | undefined;
  request: MetricsRequest;
  busy: boolean;
}) {
  const { grain } = scope.period;
  const series = useMemo(
    (): TrendSeries[] => [
      {
        key: "people",
        label: "People who work with agents",
        color: "var(--agent)",
        rows: rowsOf(answer, "adoption_rate"),
      },
      {
        key: "work",
        label: "Pull requests with an agent’s hand in them",
        color: "var(--assisted)",
        rows: rowsOf(answer, "ai_share_prs"),
      },
    ],
    [answer],
  );
  const data = useMemo(() => prepareTrend(series, grain, scope.timeZone), [series, grain, scope.timeZone]);
  const behind = useBehind();
  // People are nobody's pull requests.
  const hrefOf = useCallback<TrendHref>(
    (point, key) => (key === "work" ? behind("ai_share_prs", inBucket(scope, grain, point)) : null),
    [behind, grain, scope],
  );
  const columns = useMemo(
    () => trendColumns(series, grain === "week" ? "Week of" : "Month", hrefOf),
    [series, grain, hrefOf],
  );
  const drawn = data.points.filter(({ readings }) => readings.some(({ value }) => value !== null)).length > 1;
  return (
    <MetricPanel
      title="Do people take it up?"
      note={`People of the 28 days before the end of each ${grain}, pull requests of the ${grain} itself, with 95 % bands.`}
      className="lg:col-span-2"
      csvHref={metricsCsvHref(request)}
      pending={answer === undefined}
      busy={busy}
      table={
        <DataTable
          caption="People who work with agents"
          columns={columns}
          rows={data.points.toReversed()}
          rowKey={({ bucket }) => bucket}
          fold={13}
        />
      }
    >
      {drawn ? (
        <>
          <LazyMarkedTrendChart
            data={data}
            title="People who work with agents"
            desc={`Two lines, one point per ${grain}. The table shows the same numbers.`}
            scope={scope}
            grain={grain}
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
  );
}
