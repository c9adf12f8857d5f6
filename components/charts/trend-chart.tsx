"use client";

import { useId } from "react";
import type { ActiveDotProps, DotItemDotProps, TooltipContentProps } from "recharts";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ActivePoint } from "./active-point";
import { CHART_SPACE } from "./chart-space";
import { ChartTip } from "./chart-tip";
import type { Trend, TrendMark, TrendPoint } from "./prepare-trend";

const LABEL_HEIGHT = 15;
const AXIS = { fill: "var(--ink-3)", fontSize: 12 } as const;

/** Rates over time on their 95 % bands. Dashes and open dots are small samples, hatching is what is too young. */
export default function TrendChart({
  data,
  title,
  desc,
  marks = [],
  hrefOf,
}: {
  data: Trend;
  title: string;
  desc: string;
  /** What happened when: places on the axis with a few words. */
  marks?: readonly TrendMark[];
  /** Where a point of a series leads; null for nowhere. The table beside leads there too, for whoever has no pointer. */
  hrefOf?: ((point: TrendPoint, series: string) => string | null) | undefined;
}) {
  const hatch = useId();
  const top = data.ticks.at(-1) ?? 1;
  return (
    <ComposedChart
      responsive
      title={title}
      desc={desc}
      data={data.drawn}
      margin={{ top: 6, right: 8, bottom: 0, left: 0 }}
      className={`num outline-offset-4 ${CHART_SPACE}`}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6" stroke="var(--line-control)" strokeWidth="1" strokeOpacity="0.55" />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        type="number"
        dataKey="index"
        domain={[-0.5, data.points.length - 0.5]}
        ticks={data.drawn.map(({ index }) => index)}
        tickFormatter={(index: number) => data.points[index]?.tick ?? ""}
        interval="equidistantPreserveStart"
        minTickGap={24}
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
        width={data.unit.width}
        domain={[0, top]}
        ticks={data.ticks}
        tickFormatter={(value: number) => data.unit.tick(value, data.ticks)}
      />
      {data.hatched.map(({ from, to }) => (
        <ReferenceArea key={from} x1={from - 0.5} x2={to - 0.5} fill={`url(#${hatch})`} fillOpacity={1} />
      ))}
      {marks.map(({ at, label, row = 0 }) => (
        <ReferenceLine
          key={`${at} ${label}`}
          x={at}
          stroke="var(--ink-3)"
          strokeDasharray="4 3"
          label={{
            value: label,
            position: "insideTopLeft",
            fill: "var(--ink-2)",
            fontSize: 12,
            dy: row * LABEL_HEIGHT,
          }}
        />
      ))}
      <Tooltip
        content={(props: TooltipContentProps) => <TrendTip {...props} series={data.series} />}
        cursor={{ stroke: "var(--ink-3)", strokeDasharray: "2 3" }}
        isAnimationActive={false}
        offset={16}
      />
      {data.series.map(({ key, color }, at) => (
        <Area
          key={`band-${key}`}
          dataKey={(point: TrendPoint) => point.readings[at]?.band ?? null}
          stroke="none"
          fill={color}
          fillOpacity={0.13}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
      {data.series.map(({ key, color }, at) => (
        <Line
          key={`dashed-${key}`}
          dataKey={(point: TrendPoint) => point.readings[at]?.dashed ?? null}
          stroke={color}
          strokeWidth={1.5}
          strokeDasharray="3 3"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
      {data.series.map(({ key, label, color }, at) => (
        <Line
          key={`rated-${key}`}
          name={label}
          dataKey={(point: TrendPoint) => ratedValue(point, at)}
          stroke={color}
          strokeWidth={2}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
      {data.series.map(({ key, color }, at) => (
        <Line
          key={`dots-${key}`}
          dataKey={(point: TrendPoint) => point.readings[at]?.value ?? null}
          stroke="none"
          dot={(props: DotItemDotProps) => <TrendDot key={props.key} dot={props} at={at} color={color} />}
          activeDot={({ cx, cy, key: dotKey, payload }: ActiveDotProps) => (
            <ActivePoint
              key={dotKey}
              cx={cx}
              cy={cy}
              color={color}
              href={isPoint(payload) ? (hrefOf?.(payload, key) ?? null) : null}
            />
          )}
          isAnimationActive={false}
        />
      ))}
    </ComposedChart>
  );
}

/** The solid line: what rests on enough. */
function ratedValue({ readings }: TrendPoint, at: number): number | null {
  const reading = readings[at];
  return reading?.state === "rated" ? reading.value : null;
}

function TrendDot({ dot: { cx, cy, payload }, at, color }: { dot: DotItemDotProps; at: number; color: string }) {
  const reading = isPoint(payload) ? payload.readings[at] : undefined;
  if (reading === undefined || reading.value === null) return null;
  return (
    <circle
      cx={cx}
      cy={cy}
      r={3.25}
      fill={reading.state === "small" ? "var(--panel)" : color}
      stroke={color}
      strokeWidth={1.5}
    />
  );
}

function TrendTip({ active, payload, series }: TooltipContentProps & { series: Trend["series"] }) {
  const point: unknown = payload?.[0]?.payload;
  if (active !== true || !isPoint(point)) return null;
  const lines = series.map(({ key, label, color }, at) => {
    const reading = point.readings[at];
    const parts = [reading?.rate, reading?.counts, reading?.interval].filter(
      (part) => part !== undefined && part !== "",
    );
    return { key, label, color, value: parts.join(" · ") };
  });
  return (
    <ChartTip title={point.label} lines={lines} note={point.young === null ? undefined : `${point.young}, left out.`} />
  );
}

function isPoint(value: unknown): value is TrendPoint {
  return typeof value === "object" && value !== null && "readings" in value && "bucket" in value;
}
