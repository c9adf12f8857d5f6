"use client";

import type { ActiveDotProps, TooltipContentProps } from "recharts";
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import { formatHours, formatPercent, formatPercentInterval } from "@/lib/core/format";
import { ActivePoint } from "./active-point";
import { CHART_SPACE } from "./chart-space";
import { ChartTip } from "./chart-tip";
import { shareTickDigits } from "./nice-ticks";
import { CURVE_TICKS, type CurvePoint, type PreparedCurve } from "./prepare-curve";

const AXIS = { fill: "var(--ink-3)", fontSize: 12 } as const;

/** Share rolled back by time since merge, with its band. The axis is a square root: most happens in the first hours. */
export default function CurveChart({
  data,
  title,
  desc,
  hrefOf,
}: {
  data: PreparedCurve;
  title: string;
  desc: string;
  /** Where a point leads: to what has happened within so many hours. The table beside leads there too. */
  hrefOf: (hours: number, series: string) => string | null;
}) {
  const top = data.ticks.at(-1) ?? 1;
  const digits = shareTickDigits(data.ticks);
  return (
    <ComposedChart
      responsive
      title={title}
      desc={desc}
      data={data.points}
      margin={{ top: 6, right: 8, bottom: 0, left: 0 }}
      className={`num outline-offset-4 ${CHART_SPACE}`}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        type="number"
        dataKey="hours"
        scale="sqrt"
        domain={[0, 720]}
        ticks={[...CURVE_TICKS]}
        tickFormatter={formatHours}
        interval="preserveEnd"
        minTickGap={8}
        tick={AXIS}
        tickLine={false}
        axisLine={{ stroke: "var(--line-strong)" }}
        tickMargin={6}
        height={28}
      />
      <YAxis
        tick={AXIS}
        tickLine={false}
        axisLine={false}
        width={46}
        domain={[0, top]}
        ticks={data.ticks}
        tickFormatter={(share: number) => formatPercent(share, digits)}
      />
      <ReferenceLine x={24} stroke="var(--line-strong)" strokeDasharray="2 3" />
      <ReferenceLine x={168} stroke="var(--line-strong)" strokeDasharray="2 3" />
      <Tooltip
        content={(props: TooltipContentProps) => <CurveTip {...props} series={data.series} />}
        cursor={{ stroke: "var(--ink-3)", strokeDasharray: "2 3" }}
        isAnimationActive={false}
        offset={16}
      />
      {data.series.map((series) => (
        <Area
          key={`band-${series.key}`}
          dataKey={(point: CurvePoint) => point[`band:${series.key}`]}
          type="stepAfter"
          stroke="none"
          fill={series.color}
          fillOpacity={0.14}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
      {data.series.map((series) => (
        <Line
          key={`line-${series.key}`}
          name={series.label}
          dataKey={(point: CurvePoint) => point[`share:${series.key}`]}
          type="stepAfter"
          stroke={series.color}
          strokeWidth={2}
          dot={false}
          activeDot={({ cx, cy, key, payload }: ActiveDotProps) => (
            <ActivePoint
              key={key}
              cx={cx}
              cy={cy}
              color={series.color}
              href={isPoint(payload) && payload.hours > 0 ? hrefOf(payload.hours, series.key) : null}
            />
          )}
          isAnimationActive={false}
        />
      ))}
    </ComposedChart>
  );
}

function CurveTip({ active, payload, series }: TooltipContentProps & { series: PreparedCurve["series"] }) {
  const point: unknown = payload?.[0]?.payload;
  if (active !== true || !isPoint(point)) return null;
  const lines = series.map(({ key, label, color }) => {
    const share = point[`share:${key}`];
    const band = point[`band:${key}`];
    const value =
      share === undefined || band === undefined
        ? "no data"
        : [formatPercent(share, 1), ...(band[0] === band[1] ? [] : [formatPercentInterval(band[0], band[1])])].join(
            " · ",
          );
    return { key, label, color, value };
  });
  return <ChartTip title={`Within ${formatHours(point.hours)} of merge`} lines={lines} />;
}

function isPoint(value: unknown): value is CurvePoint {
  return typeof value === "object" && value !== null && "hours" in value;
}
