import type { MetricRow } from "@/lib/metrics/types";
import { asPolyline, type Point, unbrokenRuns } from "./unbroken-runs";

/** One of several small charts on one scale. */
export interface SmallMultiple {
  key: string;
  lines: { key: string; color: string; runs: string[]; dots: Point[] }[];
}

export interface SmallMultiples {
  charts: SmallMultiple[];
  /** The upper end of the scale that all of them share; it begins at 0. */
  max: number;
}

export interface MultipleSeries {
  key: string;
  color: string;
  /** Rows over time by the key of their chart. */
  rows: ReadonlyMap<string, readonly MetricRow[]>;
}

const WIDTH = 120;
const HEIGHT = 40;
/** Half of a line's width. */
const MARGIN = 1;
/** A scale reaches so many times the upper tenth: one month of a small team would flatten all the others. */
const REACH = 1.5;

const valueIn = ({ flags, value }: Pick<MetricRow, "flags" | "value">): number | null =>
  flags.includes("few") ? null : value;

function scaleOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [highest, upper] = [sorted.at(-1) ?? 0, sorted[Math.floor(sorted.length * 0.9)] ?? 0];
  return Math.max(Number.MIN_VALUE, Math.min(highest, upper * REACH));
}

/** Small charts of the same values for several keys, all on one scale and over the same buckets; what is few is a gap. */
export function prepareSmallMultiples(keys: readonly string[], series: readonly MultipleSeries[]): SmallMultiples {
  const all = series.flatMap(({ rows }) => keys.flatMap((key) => rows.get(key) ?? []));
  const buckets = [...new Set(all.flatMap(({ bucket }) => bucket ?? []))].sort();
  const place = new Map(buckets.map((bucket, index) => [bucket, index]));
  const max = scaleOf(all.flatMap((row) => valueIn(row) ?? []));
  const x = (index: number) => (buckets.length < 2 ? WIDTH / 2 : (index * WIDTH) / (buckets.length - 1));
  const y = (value: number) => HEIGHT - MARGIN - (Math.min(value, max) / max) * (HEIGHT - 2 * MARGIN);
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return {
    max,
    charts: keys.map((key) => ({
      key,
      lines: series.map(({ color, key: name, rows }) => {
        const points = new Array<Point | null>(buckets.length).fill(null);
        for (const row of rows.get(key) ?? []) {
          const [at, value] = [place.get(row.bucket ?? ""), valueIn(row)];
          if (at !== undefined && value !== null) points[at] = { x: rounded(x(at)), y: rounded(y(value)) };
        }
        return { key: name, color, ...runsOf(points) };
      }),
    })),
  };
}

/** Unbroken runs as polylines, and the points that stand alone. */
function runsOf(points: readonly (Point | null)[]): { runs: string[]; dots: Point[] } {
  const runs = unbrokenRuns(points);
  return {
    runs: runs.filter(({ length }) => length > 1).map(asPolyline),
    dots: runs.filter(({ length }) => length === 1).flat(),
  };
}
