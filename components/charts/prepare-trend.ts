import {
  formatDate,
  formatDay,
  formatKOfN,
  formatMonth,
  formatPercent,
  formatPercentInterval,
  formatQuantity,
} from "@/lib/core/format";
import type { MetricRow } from "@/lib/metrics/types";
import { keepExtremes, MAX_POINTS } from "./keep-extremes";
import { niceTicks, shareTickDigits } from "./nice-ticks";

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
  unit: TrendUnit;
}

/** Something that happened, at a place on the axis. */
export interface TrendMark {
  at: number;
  label: string;
  /** Labels that would stand on each other are on rows of their own. */
  row?: number;
}

/** What the values of a trend are, where they are no shares. */
export interface TrendUnit {
  /** Of a row with so many pull requests. */
  read(row: MetricRow, n: number): TrendReading;
  /** How far the axis has to go for a reading. */
  reachOf(reading: TrendReading): number;
  ticksOf(reach: number): number[];
  tick(value: number, ticks: readonly number[]): string;
  /** Pixels that the marks need. */
  width: number;
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

/** Shares of pull requests. */
const SHARES: TrendUnit = {
  read: shareReading,
  reachOf: ({ band, state, value }) => {
    if (value === null || band === null) return 0;
    return state === "rated" ? band[1] : Math.min(band[1], value + SMALL_REACH);
  },
  ticksOf: (reach) => niceTicks(Math.max(0.01, reach), 4),
  tick: (value, ticks) => formatPercent(value, shareTickDigits(ticks)),
  width: 46,
};

/** Values over time with their intervals; buckets that are too young are marked, and those without a value are gaps. */
export function prepareTrend(
  series: readonly TrendSeries[],
  grain: "week" | "month",
  timeZone: string,
  unit: TrendUnit = SHARES,
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
  const ticks = unit.ticksOf(Math.max(0, ...readings.flat().map(unit.reachOf)));
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

/** The band ends with the axis; `interval` still says how far it goes. */
function cutAt(reading: TrendReading, top: number): TrendReading {
  return reading.band === null ? reading : { ...reading, band: [reading.band[0], Math.min(reading.band[1], top)] };
}

function readingOf(row: MetricRow | undefined, unit: TrendUnit): TrendReading {
  if (row !== undefined && row.n !== null && row.n > 0) return unit.read(row, row.n);
  const counts = row !== undefined && row.immature > 0 ? "not old enough" : "none merged";
  return { ...NOT_DRAWN, state: "none", counts };
}

/** Of what is not drawn. */
export const NOT_DRAWN = { value: null, band: null, dashed: null, rate: "", interval: "" } as const;

function shareReading(row: MetricRow, n: number): TrendReading {
  const counts = formatKOfN(row.k ?? 0, n);
  if (row.value === null || row.lo === null || row.hi === null || row.flags.includes("few")) {
    return { ...NOT_DRAWN, state: "few", counts };
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
