import { formatCount, formatHours, formatPercent, formatPercentInterval } from "@/lib/core/format";
import type { RollbackCurve } from "@/lib/metrics/types";
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
const MAX_POINTS = 240;

type Point = RollbackCurve["points"][number];

/** Step curves on one axis: at each hour where any of them steps, the standing value of all. */
export function prepareCurve(series: readonly CurveSeries[]): PreparedCurve {
  const drawn = series.filter(({ curve }) => curve.points.length > 0);
  const steps = drawn.flatMap(({ curve }) => thinned(curve.points).map(({ hours }) => hours));
  const hours = [...new Set([0, ...steps, ...CURVE_TICKS])].toSorted((a, b) => a - b);
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
          text: `${formatPercent(standing.share, 1)} (${formatPercentInterval(standing.lo, standing.hi)})`,
          atRisk: formatCount(standing.atRisk),
        };
      }),
    })),
  };
}

/** A curve holds until its next step. */
function standingAt(points: readonly Point[], hours: number): Point {
  const before = points.findLast((point) => point.hours <= hours);
  return before ?? { hours: 0, share: 0, lo: 0, hi: 0, atRisk: points[0]?.atRisk ?? 0 };
}

/** Evenly chosen steps where there are more than a screen can show; the first and the last stay. */
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MAX_POINTS) return points;
  const stride = (points.length - 1) / (MAX_POINTS - 1);
  return Array.from({ length: MAX_POINTS }, (_, index) => points[Math.round(index * stride)]).filter(
    (point) => point !== undefined,
  );
}
