"use client";

import Link from "next/link";
import type { TooltipContentProps } from "recharts";
import { Bar, BarChart, type BarShapeProps, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import type { AuthorKind } from "@/lib/core/dimensions";
import { formatCount } from "@/lib/core/format";
import { CHART_SPACE } from "./chart-space";
import { ChartTip } from "./chart-tip";
import type { StackedBar, StackedBars } from "./prepare-stacked-bars";

const AXIS = { fill: "var(--ink-3)", fontSize: 12 } as const;

/** Stacked bars per week or month; a bucket that is not over is faded. Arrow keys walk the bars. */
export default function StackedBarsChart({
  data,
  title,
  desc,
  hrefOf,
}: {
  data: StackedBars;
  title: string;
  desc: string;
  /** Where a segment leads. The table beside leads there too, for whoever has no pointer. */
  hrefOf: (bar: StackedBar, kind: AuthorKind) => string;
}) {
  return (
    <BarChart
      responsive
      title={title}
      desc={desc}
      data={data.drawn}
      margin={{ top: 6, right: 0, bottom: 0, left: 0 }}
      barCategoryGap="12%"
      className={`num outline-offset-4 ${CHART_SPACE}`}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="tick"
        tick={AXIS}
        tickLine={false}
        axisLine={false}
        minTickGap={28}
        interval="equidistantPreserveStart"
        tickMargin={6}
        height={24}
      />
      <YAxis
        tick={AXIS}
        tickLine={false}
        axisLine={false}
        width={38}
        ticks={data.ticks}
        domain={[0, data.ticks.at(-1) ?? 1]}
        tickFormatter={formatCount}
      />
      <Tooltip
        content={(props: TooltipContentProps) => <BarTip {...props} series={data.series} />}
        cursor={{ fill: "var(--ink)", fillOpacity: 0.05 }}
        isAnimationActive={false}
        offset={16}
      />
      {data.series.map((series) => (
        <Bar
          key={series.key}
          name={series.label}
          dataKey={(bar: StackedBar) => bar.values[series.key] ?? null}
          stackId="kinds"
          fill={series.color}
          shape={(props: BarShapeProps) => <Segment {...props} hrefOf={(bar) => hrefOf(bar, series.key)} />}
          maxBarSize={44}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  );
}

/** One segment, a pixel short of the next, so that neighbours of like lightness stay apart. */
function Segment({
  x,
  y,
  width,
  height,
  fill,
  payload,
  hrefOf,
}: BarShapeProps & { hrefOf: (bar: StackedBar) => string }) {
  if (!isBar(payload)) return null;
  return (
    <Link prefetch={false} href={hrefOf(payload)} tabIndex={-1} aria-hidden="true">
      <rect
        x={x}
        y={y}
        width={width}
        height={Math.max(0, height - 1)}
        fill={fill ?? ""}
        fillOpacity={payload.incomplete ? 0.42 : 1}
      />
    </Link>
  );
}

function BarTip({ active, payload, series }: TooltipContentProps & { series: StackedBars["series"] }) {
  const bar: unknown = payload?.[0]?.payload;
  if (active !== true || !isBar(bar)) return null;
  const total = series.reduce((sum, { key }) => sum + (bar.values[key] ?? 0), 0);
  const lines = series.toReversed().map(({ key, label, color }) => {
    const value = bar.values[key];
    return { key, label, color, value: value == null ? "no data" : formatCount(value) };
  });
  return (
    <ChartTip
      title={bar.label}
      lines={[...lines, { key: "total", label: "All", value: formatCount(total) }]}
      note={bar.incomplete ? "Not over: the data ends inside it." : undefined}
    />
  );
}

function isBar(value: unknown): value is StackedBar {
  return typeof value === "object" && value !== null && "bucket" in value && "values" in value;
}
