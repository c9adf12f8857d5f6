import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import {
  formatCount,
  formatDate,
  formatDay,
  formatKOfN,
  formatMonth,
  formatPercent,
  formatPercentInterval,
  formatQuantity,
} from "@/lib/core/format";
import type { MetricRow, Unit } from "@/lib/metrics/types";
import { keepExtremes, MAX_POINTS } from "./keep-extremes";
import { niceTicks } from "./nice-ticks";

/** `few` is said as k of n and not drawn (metrics.md G10), `none` is a gap. */
export type TrendState = "rated" | "small" | "few" | "none";

export interface TrendReading {
  state: TrendState;
  /** Shares of 0..1; null unless `rated` or `small`. */
  value: number | null;
  band: [number, number] | null;
  /** Drawn dashed: this point or a neighbour of it rests on a small sample. */
  dashed: number | null;
  /** `2.9 %`, empty where there is no rate. */
  rate: string;
  /** `5 of 174`, or why there is nothing. */
  counts: string;
  /** `1.2–6.5 %` */
  interval: string;
}

export interface TrendPoint {
  /** Place on the axis. */
  index: number;
  bucket: string;
  tick: string;
  label: string;
  /** In the order of the series. */
  readings: TrendReading[];
  /** `23 pull requests too young`, null when all are old enough. */
  young: string | null;
}

export interface Trend {
  series: { key: string; label: string; color: string }[];
  points: TrendPoint[];
  /** Of the points, those that the chart has pixels for. */
  drawn: TrendPoint[];
  /** Runs of provisional buckets, as half-open places on the axis. */
  hatched: { from: number; to: number }[];
  /** Marks of the value axis, in the unit. */
  ticks: number[];
  unit: Unit;
}

export interface TrendSeries {
  key: string;
  label: string;
  color: string;
  rows: readonly MetricRow[];
}

/** From here on a rate is not called a small sample (metrics.md G10). */
const ENOUGH = 30;
/** Fewer weeks than this would leave a point or two by month. */
const WEEKS_FOR_MONTHS = 8;
/** A small sample's interval may be as wide as the axis: it is cut there, so that it does not flatten the others. */
const SMALL_REACH = 0.1;

/** The grain at which points rest on enough: months when most weeks of any series hold fewer than 30 old enough. */
export function trendGrain(series: readonly Pick<TrendSeries, "rows">[]): "week" | "month" {
  const sparse = series.some(({ rows }) => {
    const weeks = rows.filter(({ n }) => n !== null && n > 0);
    return weeks.length >= WEEKS_FOR_MONTHS && weeks.filter(({ n }) => (n ?? 0) < ENOUGH).length > weeks.length / 2;
  });
  return sparse ? "month" : "week";
}

/** What is no share may reach so many times its value before its interval is cut: one wide one would flatten the others. */
const MEASURED_REACH = 1.6;

/** Values over time with their intervals; buckets that are too young are marked, and those without a value are gaps. */
export function prepareTrend(
  series: readonly TrendSeries[],
  grain: "week" | "month",
  timeZone: string,
  unit: Unit = "proportion",
): Trend {
  const buckets = [...new Set(series.flatMap(({ rows }) => rows.flatMap(({ bucket }) => bucket ?? [])))].toSorted();
  const readings = series.map(({ rows }) => {
    const byBucket = new Map(rows.map((row) => [row.bucket, row]));
    return withDashes(buckets.map((bucket) => readingOf(byBucket.get(bucket), unit)));
  });
  const youngAt = (bucket: string) =>
    series.reduce((sum, { rows }) => sum + (rows.find((row) => row.bucket === bucket)?.immature ?? 0), 0);
  const points = buckets.map((bucket, index): TrendPoint => {
    const young = youngAt(bucket);
    return {
      index,
      bucket,
      tick: grain === "week" ? formatDay(bucket, timeZone) : formatMonth(bucket, timeZone),
      label: grain === "week" ? `Week of ${formatDate(bucket, timeZone)}` : formatMonth(bucket, timeZone),
      readings: readings.flatMap((ofSeries) => ofSeries[index] ?? []),
      young: young === 0 ? null : `${formatQuantity(young, "pull request")} too young`,
    };
  });
  const reach = readings.flat().map(({ state, value, band }) => {
    if (value === null) return 0;
    if (unit !== "proportion") return Math.min(band?.[1] ?? value, value * MEASURED_REACH);
    if (band === null) return 0;
    return state === "rated" ? band[1] : Math.min(band[1], value + SMALL_REACH);
  });
  const ticks = ticksOf(Math.max(0, ...reach), unit);
  const top = ticks.at(-1) ?? 1;
  const cut = points.map((point) => ({ ...point, readings: point.readings.map((reading) => cutAt(reading, top)) }));
  const places = keepExtremes(
    readings.map((ofSeries) => ofSeries.map(({ value }) => value)),
    MAX_POINTS,
  );
  return {
    series: series.map(({ key, label, color }) => ({ key, label, color })),
    points: cut,
    drawn: places.flatMap((place) => cut[place] ?? []),
    hatched: hatchedRuns(points),
    ticks,
    unit,
  };
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Round marks: whole minutes, hours or days of a time. */
function ticksOf(reach: number, unit: Unit): number[] {
  if (unit === "proportion") return niceTicks(Math.max(0.01, reach), 4);
  if (unit !== "seconds") return niceTicks(Math.max(0.1, reach), 4);
  const step = reach > 4 * DAY ? DAY : reach > 4 * HOUR ? HOUR : MINUTE;
  return niceTicks(Math.max(4, reach / step), 4, 1).map((tick) => tick * step);
}

/** The band ends with the axis; `interval` still says how far it goes. */
function cutAt(reading: TrendReading, top: number): TrendReading {
  return reading.band === null ? reading : { ...reading, band: [reading.band[0], Math.min(reading.band[1], top)] };
}

function readingOf(row: MetricRow | undefined, unit: Unit): TrendReading {
  const blank = { value: null, band: null, dashed: null, rate: "", interval: "" };
  if (row === undefined || row.n === null || row.n === 0) {
    return {
      ...blank,
      state: "none",
      counts: row !== undefined && row.immature > 0 ? "not old enough" : "none merged",
    };
  }
  if (unit !== "proportion") return measuredReading(row, unit, row.n);
  const counts = formatKOfN(row.k ?? 0, row.n);
  if (row.value === null || row.lo === null || row.hi === null || row.flags.includes("few")) {
    return { ...blank, state: "few", counts };
  }
  return {
    state: row.flags.includes("small_sample") ? "small" : "rated",
    value: row.value,
    band: [row.lo, row.hi],
    dashed: null,
    rate: formatPercent(row.value, 1),
    counts,
    interval: formatPercentInterval(row.lo, row.hi),
  };
}

/** A time, a number of rounds or a density, of so many pull requests. */
function measuredReading(row: MetricRow, unit: Unit, n: number): TrendReading {
  const counts = `n\u00a0${formatCount(n)}`;
  const blank = { value: null, band: null, dashed: null, rate: "", interval: "" };
  if (row.value === null) return { ...blank, state: "none", counts: row.reason ?? counts };
  const rate = formatMetricValue({ unit }, row.value);
  if (row.flags.includes("few")) return { ...blank, state: "few", rate, counts };
  return {
    state: row.flags.includes("small_sample") ? "small" : "rated",
    value: row.value,
    band: row.lo === null || row.hi === null ? null : [row.lo, row.hi],
    dashed: null,
    rate,
    counts,
    interval: formatMetricInterval({ unit }, row),
  };
}

function withDashes(readings: readonly TrendReading[]): TrendReading[] {
  const isSmall = (index: number) => readings[index]?.state === "small";
  return readings.map((reading, index) =>
    isSmall(index - 1) || isSmall(index) || isSmall(index + 1) ? { ...reading, dashed: reading.value } : reading,
  );
}

function hatchedRuns(points: readonly TrendPoint[]): Trend["hatched"] {
  const runs: Trend["hatched"] = [];
  for (const { index, young } of points) {
    if (young === null) continue;
    const last = runs.at(-1);
    if (last?.to === index) last.to = index + 1;
    else runs.push({ from: index, to: index + 1 });
  }
  return runs;
}
