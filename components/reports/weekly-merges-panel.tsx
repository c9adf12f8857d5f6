"use client";

import Link from "next/link";
import { useCallback, useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { LazyStackedBarsChart } from "@/components/charts/lazy-charts";
import { prepareStackedBars, type StackedBar } from "@/components/charts/prepare-stacked-bars";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import type { PageScope } from "@/components/filters/page-scope";
import { StateMessage } from "@/components/layout/state-message";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { metricsCsvHref } from "@/components/query/export-href";
import type { AuthorKind } from "@/lib/core/dimensions";
import { formatCount } from "@/lib/core/format";
import type { MetricRow, MetricsRequest } from "@/lib/metrics/types";
import { inBucket, useBehind } from "./use-behind";

/** Merged pull requests per week, or month in long periods, by who wrote them. */
export function WeeklyMergesPanel({
  rows,
  request,
  scope,
  busy,
}: {
  rows: readonly MetricRow[];
  request: MetricsRequest;
  scope: PageScope;
  busy: boolean;
}) {
  const { grain } = scope.period;
  const data = useMemo(() => prepareStackedBars(rows, grain, scope.timeZone), [rows, grain, scope.timeZone]);
  const behind = useBehind();
  const hrefOf = useCallback(
    (bar: StackedBar, kind: AuthorKind) => behind("merged_prs", { authorKind: [kind], ...inBucket(scope, grain, bar) }),
    [behind, grain, scope],
  );
  const columns = useMemo(() => columnsOf(data.series, grain, hrefOf), [data.series, grain, hrefOf]);
  const title = `Merged pull requests per ${grain}`;
  const partial = data.bars.some((bar) => bar.incomplete);
  return (
    <MetricPanel
      title={title}
      note={`By who wrote them. Dependency bots apart.${partial ? ` A faded ${grain} is not over.` : ""}${
        data.merged > 1 ? ` So long a period has room for one bar per ${data.merged} ${grain}s.` : ""
      }`}
      csvHref={metricsCsvHref(request)}
      busy={busy}
      table={
        <div className="max-h-80 overflow-y-auto">
          <DataTable caption={title} columns={columns} rows={data.bars.toReversed()} rowKey={(bar) => bar.bucket} />
        </div>
      }
    >
      {data.series.every(({ total }) => total === 0) ? (
        <StateMessage compact title="Nothing was merged in this period">
          <p>Choose a longer period or clear a filter.</p>
        </StateMessage>
      ) : (
        <>
          <LazyStackedBarsChart
            data={data}
            title={title}
            desc={`Stacked bars, one per ${grain}. The table shows the same numbers.`}
            hrefOf={hrefOf}
          />
          <ChartLegend items={data.series.map((series) => ({ ...series, value: formatCount(series.total) }))} />
        </>
      )}
    </MetricPanel>
  );
}

function columnsOf(
  series: ReturnType<typeof prepareStackedBars>["series"],
  grain: "week" | "month",
  hrefOf: (bar: StackedBar, kind: AuthorKind) => string,
): DataColumn<StackedBar>[] {
  return [
    {
      id: "bucket",
      header: grain === "week" ? "Week of" : "Month",
      rowHeader: true,
      sortValue: (bar) => bar.bucket,
      cell: (bar) => (
        <>
          {bar.label.replace("Week of ", "")}
          {bar.incomplete && <span className="text-ink-3"> not over</span>}
        </>
      ),
    },
    ...series.map(
      ({ key, label }): DataColumn<StackedBar> => ({
        id: key,
        header: label,
        align: "right",
        sortValue: (bar) => bar.values[key] ?? null,
        cell: (bar) => {
          const value = bar.values[key];
          if (value == null) return "no data";
          return (
            <Link prefetch={false} href={hrefOf(bar, key)} className="underline-offset-3 hover:underline">
              {formatCount(value)}
            </Link>
          );
        },
      }),
    ),
  ];
}
