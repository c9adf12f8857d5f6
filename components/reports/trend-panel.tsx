"use client";

import { useCallback, useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { prepareTrend, type Trend, type TrendSeries } from "@/components/charts/prepare-trend";
import { DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { metricsCsvHref } from "@/components/query/export-href";
import { LazyMarkedTrendChart } from "@/components/reports/milestones/lazy-marked-trend-chart";
import type { MetricsRequest } from "@/lib/metrics/types";
import { type TrendHref, trendColumns } from "./trend-columns";
import { inBucket, useBehind } from "./use-behind";
import { type RollbackWindow, WINDOW_OPTIONS, WINDOW_WORDS } from "./windows";

const TITLE = "Is it getting better or worse?";

/** The rate by when the pull requests were merged, chosen authors beside people. */
export function TrendPanel({
  series,
  grain,
  weeksAreSparse,
  window,
  onWindow,
  answer,
  scope,
  request,
  pending,
  busy,
}: {
  series: readonly TrendSeries[];
  grain: "week" | "month";
  /** Months stand in for weeks that hold too few. */
  weeksAreSparse: boolean;
  window: RollbackWindow;
  onWindow: (window: RollbackWindow) => void;
  /** The period as a whole against the one before, in a sentence; empty where they do not compare. */
  answer: string;
  scope: PageScope;
  request: MetricsRequest;
  pending: boolean;
  busy: boolean;
}) {
  const data = useMemo(() => prepareTrend(series, grain, scope.timeZone), [series, grain, scope.timeZone]);
  const behind = useBehind();
  const hrefOf = useCallback<TrendHref>(
    (point, key) =>
      behind(`rollback_rate_${window}`, {
        ...(key === "people" && { authorKind: ["human"] }),
        ...inBucket(scope, grain, point),
      }),
    [behind, grain, scope, window],
  );
  const columns = useMemo(
    () => trendColumns(data.series, grain === "week" ? "Merged in the week of" : "Merged in", hrefOf),
    [data.series, grain, hrefOf],
  );
  // One point has no course.
  const drawn = data.points.filter(({ readings }) => readings.some(({ value }) => value !== null)).length > 1;
  return (
    <MetricPanel
      title={TITLE}
      note={`Rolled back within ${WINDOW_WORDS[window]}, by the ${grain} of the merge, with a 95 % band.${
        weeksAreSparse ? " By month, because most weeks hold fewer than 30 pull requests." : ""
      }`}
      className="lg:col-span-2"
      tools={
        <PanelChoice
          label={`Window: ${WINDOW_WORDS[window]}`}
          value={window}
          options={WINDOW_OPTIONS}
          onChange={onWindow}
        />
      }
      csvHref={metricsCsvHref(request)}
      pending={pending}
      busy={busy}
      table={
        <DataTable
          caption={TITLE}
          columns={columns}
          rows={data.points.toReversed()}
          rowKey={({ bucket }) => bucket}
          fold={13}
        />
      }
      footer={
        answer !== "" && (
          <p className="num mt-3 border-t pt-3 text-ink-2">
            <span className="text-ink-3">{series[0]?.label}, over the whole period:</span> {answer}
          </p>
        )
      }
    >
      {drawn ? (
        <>
          <LazyMarkedTrendChart
            data={data}
            title={TITLE}
            desc={`Lines, one point per ${grain}. The table shows the same numbers.`}
            scope={scope}
            grain={grain}
            hrefOf={hrefOf}
          />
          <ChartLegend
            items={[...data.series]}
            hatched={data.hatched.length > 0 ? "Too young: some or all merged too recently to be judged" : undefined}
          />
          {hasSmall(data) && (
            <p className="mt-1 text-note text-ink-3">
              Open dots and dashes rest on fewer than 30 pull requests; fewer than 10 leave a gap.
            </p>
          )}
        </>
      ) : (
        <StateMessage compact title={`Too few ${grain}s hold enough pull requests for a rate`}>
          <p>Choose a longer period, or read the table.</p>
        </StateMessage>
      )}
    </MetricPanel>
  );
}

function hasSmall({ points }: Trend): boolean {
  return points.some(({ readings }) => readings.some(({ state }) => state === "small" || state === "few"));
}
