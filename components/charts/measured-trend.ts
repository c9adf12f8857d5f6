import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import { formatCount, formatDecimal } from "@/lib/core/format";
import type { MetricRow, Unit } from "@/lib/metrics/types";
import { niceTicks } from "./nice-ticks";
import { NOT_DRAWN, type TrendReading, type TrendUnit } from "./prepare-trend";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** A value may reach so many times itself before its interval is cut: one wide one would flatten the others. */
const REACH = 1.6;

/** Whole minutes, hours or days. */
function timeTicks(reach: number): number[] {
  const step = reach > 4 * DAY ? DAY : reach > 4 * HOUR ? HOUR : MINUTE;
  return niceTicks(Math.max(4, reach / step), 4, 1).map((tick) => tick * step);
}

function read(row: MetricRow, n: number, unit: Unit): TrendReading {
  const counts = `n\u00a0${formatCount(n)}`;
  if (row.value === null) return { ...NOT_DRAWN, state: "none", counts: row.reason ?? counts };
  const rate = formatMetricValue({ unit }, row.value);
  if (row.flags.includes("few")) return { ...NOT_DRAWN, state: "few", rate, counts };
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

/** Times, rounds and densities over time: values of so many pull requests, and not k of n. */
export function measuredTrend(unit: Unit): TrendUnit {
  const isTime = unit === "seconds";
  return {
    read: (row, n) => read(row, n, unit),
    reachOf: ({ band, value }) => (value === null ? 0 : Math.min(band?.[1] ?? value, value * REACH)),
    ticksOf: (reach) => (isTime ? timeTicks(reach) : niceTicks(Math.max(0.1, reach), 4)),
    tick: (value, ticks) => {
      if (isTime) return value === 0 ? "0" : formatMetricValue({ unit }, value);
      return formatDecimal(value, ticks.every(Number.isInteger) ? 0 : 2);
    },
    width: isTime ? 62 : 46,
  };
}
