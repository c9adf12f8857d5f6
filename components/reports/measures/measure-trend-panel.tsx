"use client";

import { useCallback, useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { measuredTrend } from "@/components/charts/measured-trend";
import { prepareTrend, type TrendSeries, trendGrain } from "@/components/charts/prepare-trend";
import { AUTHOR_KIND_COLOR } from "@/components/charts/series-color";
import { DataTable } from "@/components/data-table/data-table";
import { comparesKinds, type PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { rowsOf, useMetricsQuery } from "@/components/metrics/use-metrics-query";
import { metricsCsvHref } from "@/components/query/export-href";
import { LazyMarkedTrendChart } from "@/components/reports/milestones/lazy-marked-trend-chart";
import { QueryError } from "@/components/reports/query-error";
import { type TrendHref, trendColumns } from "@/components/reports/trend-columns";
import { inBucket, useBehind } from "@/components/reports/use-behind";
import type { MetricDescriptor } from "@/lib/metrics/types";
import { measureTrendRequests } from "./measure-page";

/** One of some metrics over time, agents beside people: by week where weeks hold enough, by month otherwise. */
export function MeasureTrendPanel({
  descriptors,
  shown,
  onShow,
  subject,
  scope,
}: {
  /** What can be chosen. */
  descriptors: readonly MetricDescriptor[];
  shown: MetricDescriptor;
  onShow: (metric: string) => void;
  /** Who is counted where nobody stands beside them. */
  subject: string;
  scope: PageScope;
}) {
  const fine = useTrend(shown, scope, scope.period.grain, subject, true);
  const isSparse = scope.period.grain === "week" && trendGrain(fine.series) === "month";
  const coarse = useTrend(shown, scope, "month", subject, isSparse);
  const trend = isSparse ? coarse : fine;
  const grain = isSparse ? "month" : scope.period.grain;
  const data = useMemo(
    () =>
      prepareTrend(
        trend.series,
        grain,
        scope.timeZone,
        shown.unit === "proportion" ? undefined : measuredTrend(shown.unit),
      ),
    [trend.series, grain, scope.timeZone, shown.unit],
  );
  const behind = useBehind();
  const hrefOf = useCallback<TrendHref>(
    (point, key) =>
      behind(shown.id, { ...(key === "people" && { authorKind: ["human"] }), ...inBucket(scope, grain, point) }),
    [behind, grain, scope, shown.id],
  );
  const columns = useMemo(
    () => trendColumns(trend.series, grain === "week" ? "Week of" : "Month", hrefOf),
    [trend.series, grain, hrefOf],
  );
  if (trend.failed?.error) return <QueryError error={trend.failed.error} onRetry={() => trend.failed?.refetch()} />;
  const drawn = data.points.filter(({ readings }) => readings.some(({ value }) => value !== null)).length > 1;
  return (
    <MetricPanel
      title={shown.question}
      note={`${shown.definition} By the ${grain} in which it ended, with a 95 % band.`}
      className="lg:col-span-2"
      tools={
        <PanelChoice
          label="Figure"
          value={shown.id}
          options={descriptors.map(({ id, shortTitle }) => ({ value: id, label: shortTitle }))}
          onChange={onShow}
        />
      }
      csvHref={metricsCsvHref(trend.requests.agents)}
      pending={trend.pending}
      busy={trend.busy}
      table={
        <DataTable
          caption={shown.title}
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
            title={shown.title}
            desc={`Lines, one point per ${grain}. The table shows the same numbers.`}
            scope={scope}
            grain={grain}
            hrefOf={hrefOf}
          />
          <ChartLegend
            items={[...data.series]}
            hatched={data.hatched.length > 0 ? "Too young: some or all ended too recently to be judged" : undefined}
          />
          <p className="mt-1 text-note text-ink-3">
            Open dots and dashes rest on fewer than 30 pull requests; fewer than 10 leave a gap.
          </p>
        </>
      ) : (
        <StateMessage compact title={`Too few ${grain}s hold enough pull requests`}>
          <p>Choose a longer period, or read the table.</p>
        </StateMessage>
      )}
    </MetricPanel>
  );
}

function useTrend(
  { id }: MetricDescriptor,
  scope: PageScope,
  grain: "week" | "month",
  subject: string,
  enabled: boolean,
) {
  const requests = useMemo(() => measureTrendRequests(id, scope, grain), [id, scope, grain]);
  const beside = comparesKinds(scope);
  const agents = useMetricsQuery(requests.agents, { enabled });
  const people = useMetricsQuery(requests.people, { enabled: enabled && beside });
  const series = useMemo((): TrendSeries[] => {
    const first = {
      key: "chosen",
      label: beside ? "Agents" : subject,
      color: subject === "People" ? AUTHOR_KIND_COLOR.human : AUTHOR_KIND_COLOR.agent,
      rows: rowsOf(agents.data, id),
    };
    const second = { key: "people", label: "People", color: AUTHOR_KIND_COLOR.human, rows: rowsOf(people.data, id) };
    return beside ? [first, second] : [first];
  }, [agents.data, people.data, id, beside, subject]);
  return {
    requests,
    series,
    pending: agents.data === undefined || (beside && people.data === undefined),
    busy: agents.isPlaceholderData || people.isPlaceholderData,
    failed: [agents, people].find((query) => query.isError),
  };
}
