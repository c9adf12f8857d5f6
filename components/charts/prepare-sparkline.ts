import type { MetricRow } from "@/lib/metrics/types";
import { keepExtremes } from "./keep-extremes";
import { asPolyline, type Point, unbrokenRuns } from "./unbroken-runs";

export interface Sparkline {
  /** `x,y` pairs of each unbroken run, in a box of 120 × 30. */
  runs: string[];
  /** The last step leads into a bucket that is not over: drawn dashed. */
  tail: string | null;
  /** Buckets that stand alone between gaps. */
  dots: Point[];
}

/** Pixels of the narrowest one. */
const MAX_DRAWN = 96;
const WIDTH = 120;
const TOP = 4;
const BOTTOM = 27;

/** A line through the buckets in order; a bucket without a value is a gap. null with fewer than two values. */
export function prepareSparkline(rows: readonly Pick<MetricRow, "bucket" | "value" | "flags">[]): Sparkline | null {
  const sorted = rows
    .filter((row) => row.bucket !== null)
    .toSorted((a, b) => (a.bucket ?? "").localeCompare(b.bucket ?? ""));
  const places = sorted.map(drawn);
  const values = places.filter((value) => value !== null);
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  const points = keepExtremes([places], MAX_DRAWN).map((index) => {
    const value = places[index] ?? null;
    if (value === null) return null;
    const height = range === 0 ? 0.5 : (value - low) / range;
    return { x: round((index * WIDTH) / (sorted.length - 1)), y: round(BOTTOM - height * (BOTTOM - TOP)) };
  });
  const last = points.at(-1);
  const beforeLast = points.at(-2);
  const open = sorted.at(-1)?.flags.some((flag) => flag === "incomplete_bucket" || flag === "provisional") === true;
  const hasTail = open && last !== null && last !== undefined && beforeLast !== null && beforeLast !== undefined;
  const runs = unbrokenRuns(hasTail ? points.slice(0, -1) : points);
  return {
    runs: runs.filter((run) => run.length > 1).map(asPolyline),
    tail: hasTail ? `${beforeLast.x},${beforeLast.y} ${last.x},${last.y}` : null,
    dots: runs.filter((run) => run.length === 1).flat(),
  };
}

/** A rate from fewer than ten is said in words and not drawn (metrics.md G10). */
function drawn(row: Pick<MetricRow, "value" | "flags">): number | null {
  return row.flags.includes("few") ? null : row.value;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
