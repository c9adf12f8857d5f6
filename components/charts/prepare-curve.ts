import { formatCount, formatHours, formatPercent, formatPercentInterval } from "@/lib/core/format";
import type { RollbackCurve } from "@/lib/metrics/types";
import { MAX_POINTS } from "./keep-extremes";
import { niceTicks } from "./nice-ticks";

export interface CurveSeries {
  key: string;
  label: string;
  color: string;
  curve: RollbackCurve;
}

export interface CurvePoint {
  hours: number;
  /** `share:<key>` and `band:<key>` per series: recharts reads flat keys. */
  [column: `share:${string}`]: number | undefined;
  [column: `band:${string}`]: [number, number] | undefined;
}

export interface PreparedCurve {
  points: CurvePoint[];
  series: { key: string; label: string; color: string }[];
  /** Marks of the share axis. */
  ticks: number[];
  /** Rows of the table twin: what each series says after a round time. */
  landmarks: { hours: number; label: string; cells: { key: string; text: string; atRisk: string }[] }[];
}

export const CURVE_TICKS = [1, 6, 24, 72, 168, 336, 720] as const;
/** The end of the axis, which is a square root. */
const LAST_HOUR = CURVE_TICKS[CURVE_TICKS.length - 1] ?? 1;

type Point = RollbackCurve["points"][number];

/** Step curves on one axis: at each hour where any of them steps, the standing value of all. */
export function prepareCurve(series: readonly CurveSeries[]): PreparedCurve {
  const drawn = series.filter(({ curve }) => curve.points.length > 0);
  const steps = drawn.flatMap(({ curve }) => curve.points.map(({ hours }) => hours));
  const hours = [...new Set([0, ...lastOfEachPixel(steps), ...CURVE_TICKS])].toSorted((a, b) => a - b);
  const points = hours.map((at) => {
    const point: CurvePoint = { hours: at };
    for (const { key, curve } of drawn) {
      const standing = standingAt(curve.points, at);
      point[`share:${key}`] = standing.share;
      point[`band:${key}`] = [standing.lo, standing.hi];
    }
    return point;
  });
  const tops = drawn.flatMap(({ curve }) => curve.points.map(({ hi, atRisk }) => (atRisk > 0 ? hi : 0)));
  return {
    points,
    series: drawn.map(({ key, label, color }) => ({ key, label, color })),
    ticks: niceTicks(Math.max(0.005, ...tops), 5),
    landmarks: CURVE_TICKS.map((at) => ({
      hours: at,
      label: formatHours(at),
      cells: drawn.map(({ key, curve }) => {
        const standing = standingAt(curve.points, at);
        return {
          key,
          text: [
            formatPercent(standing.share, 1),
            ...(hasBand(standing) ? [`(${formatPercentInterval(standing.lo, standing.hi)})`] : []),
          ].join(" "),
          atRisk: formatCount(standing.atRisk),
        };
      }),
    })),
  };
}

/** What has no interval has one of no width. */
export const hasBand = ({ hi, lo }: { lo: number; hi: number }): boolean => lo !== hi;

/** A curve holds until its next step. */
function standingAt(points: readonly Point[], hours: number): Point {
  const before = points.findLast((point) => point.hours <= hours);
  return before ?? { hours: 0, share: 0, lo: 0, hi: 0, atRisk: points[0]?.atRisk ?? 0 };
}

/** Curves only rise, so that of the steps within one pixel the last one says all. */
function lastOfEachPixel(steps: readonly number[]): number[] {
  const last = new Map<number, number>();
  for (const hours of steps) {
    const pixel = Math.floor(Math.sqrt(hours / LAST_HOUR) * MAX_POINTS);
    last.set(pixel, Math.max(hours, last.get(pixel) ?? 0));
  }
  return [...last.values()];
}
