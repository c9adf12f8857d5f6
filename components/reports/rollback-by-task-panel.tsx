"use client";

import { useMemo } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { IntervalRowsChart } from "@/components/charts/interval-rows";
import { type IntervalSeries, prepareIntervalRows } from "@/components/charts/prepare-interval-rows";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { PanelChoice } from "@/components/metrics/panel-tool";
import { CATEGORIES, CATEGORY_LABEL } from "@/lib/core/dimensions";
import { formatPercentInterval } from "@/lib/core/format";
import type { Benchmark, MetricDescriptor } from "@/lib/metrics/types";
import { IntervalCell, RateCell } from "./rate-cell";
import { useBehind } from "./use-behind";
import { type RollbackWindow, WINDOW_OPTIONS, WINDOW_WORDS } from "./windows";

const KEYS = CATEGORIES.map((category) => ({ key: category, label: CATEGORY_LABEL[category] }));

/** Rate with interval per task category, over the published band, for one or more series side by side. */
export function RollbackByTaskPanel({
  title,
  descriptor,
  bands,
  series,
  window,
  onWindow,
  csvHref,
  busy,
  className,
}: {
  title: string;
  descriptor: MetricDescriptor;
  /** The published figures of the 24 h window: the only ones that have categories. */
  bands: readonly Benchmark[];
  series: readonly IntervalSeries[];
  window: RollbackWindow;
  onWindow: (window: RollbackWindow) => void;
  csvHref: string;
  busy: boolean;
  className?: string;
}) {
  const behind = useBehind();
  const data = useMemo(() => prepareIntervalRows(KEYS, series, bands), [series, bands]);
  const columns = useMemo(() => columnsOf(series, bands), [series, bands]);
  const published = bands.find((band) => band.category !== null);
  return (
    <MetricPanel
      title={title}
      note={
        <>
          Rate with 95 % interval, pull requests old enough only.
          {published !== undefined && (
            <>
              {" "}
              <span
                aria-hidden="true"
                className="inline-block h-2.5 w-3.5 border-x border-line-control bg-band align-[-1px]"
              />{" "}
              Published for 24 hours, {published.source}, {published.date}, unverified
              {window === "7d" ? "; expect more within 7 days." : "."}
            </>
          )}
        </>
      }
      tools={
        <PanelChoice
          label={`Window: ${WINDOW_WORDS[window]}`}
          value={window}
          options={WINDOW_OPTIONS}
          onChange={onWindow}
        />
      }
      csvHref={csvHref}
      busy={busy}
      className={className}
      table={
        <DataTable caption={`${descriptor.title}, by task`} columns={columns} rows={KEYS} rowKey={({ key }) => key} />
      }
    >
      <IntervalRowsChart
        data={data}
        hrefOf={(key) => behind(descriptor.id, { category: CATEGORIES.filter((category) => category === key) })}
      />
      {series.length > 1 && <ChartLegend items={series.map(({ key, label, color }) => ({ key, label, color }))} />}
    </MetricPanel>
  );
}

type KeyRow = (typeof KEYS)[number];

function columnsOf(series: readonly IntervalSeries[], bands: readonly Benchmark[]): DataColumn<KeyRow>[] {
  const bandOf = (key: string) => bands.find((band) => band.category === key);
  return [
    { id: "task", header: "Task", rowHeader: true, sortValue: ({ label }) => label, cell: ({ label }) => label },
    ...series.flatMap(({ key: name, label, rates }): DataColumn<KeyRow>[] => [
      {
        id: name,
        header: series.length > 1 ? label : "Rolled back",
        align: "right",
        sortValue: ({ key }) => rates.get(key)?.value ?? null,
        cell: ({ key }) => <RateCell row={rates.get(key)} />,
      },
      {
        id: `${name} interval`,
        header: "95 % interval",
        align: "right",
        className: "max-md:hidden",
        cell: ({ key }) => <IntervalCell row={rates.get(key)} />,
      },
    ]),
    {
      id: "band",
      header: "Published, 24 h",
      align: "right",
      sortValue: ({ key }) => bandOf(key)?.low ?? null,
      cell: ({ key }) => {
        const band = bandOf(key);
        return band === undefined ? (
          <span className="text-ink-3">none</span>
        ) : (
          formatPercentInterval(band.low, band.high)
        );
      },
    },
  ];
}
