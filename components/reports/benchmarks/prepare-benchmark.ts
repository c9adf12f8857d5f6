import { formatCount, formatDecimal } from "@/lib/core/format";
import type { BenchmarkItem } from "@/lib/metrics/benchmarks/types";
import type { MetricRow } from "@/lib/metrics/types";

/** What one of a published unit is in the unit of its metric: shares are 0..1, times are seconds. */
const SCALE: Readonly<Record<string, number>> = { "%": 0.01, min: 60, h: 3600, days: 86_400 };

export interface PreparedBenchmark {
  /** Ends of the band as shares of the axis; null where it is not drawn. */
  band: { from: number; to: number } | null;
  own: { at: number; lo: number; hi: number } | null;
  /** `3–5 %`, `8.4 → 11.2 a day`. */
  figure: string;
}

const written = (value: number): string =>
  Math.abs(value) >= 1000 ? formatCount(value) : formatDecimal(value, Number.isInteger(value) ? 0 : 1);

function figureOf({ after, before, high, low, unit }: BenchmarkItem): string {
  const sign = unit.startsWith("$") ? "$" : "";
  const words = unit.replace(/^\$ ?/, "");
  const money = (value: number) =>
    `${sign}${sign === "" ? written(value) : value < 10 ? value.toFixed(2) : formatCount(value)}`;
  const value =
    before !== null && after !== null
      ? `${money(before)} → ${money(after)}`
      : low === high
        ? money(low)
        : `${money(low)}–${money(high)}`;
  return `${value}\u00a0${words}`.replace("\u00a0×", "×").trim();
}

/**
 * Where a published band and the company's own value lie on an axis from nothing to what is the larger of them and some room.
 * What cannot be compared is not drawn at all, and neither is what would fall below nothing.
 */
export function prepareBenchmark(item: BenchmarkItem, row: MetricRow | undefined): PreparedBenchmark {
  const figure = figureOf(item);
  const { comparability, high, low, metric, unit } = item;
  if (comparability === "no" || metric === null || low < 0) return { band: null, own: null, figure };
  const scale = SCALE[unit] ?? 1;
  const isKnown = row !== undefined && row.value !== null && !row.flags.includes("few");
  const own = isKnown ? (row.value ?? 0) / scale : null;
  const [lo, hi] = isKnown ? [(row.lo ?? row.value ?? 0) / scale, (row.hi ?? row.value ?? 0) / scale] : [0, 0];
  const end = Math.max(high, own ?? 0, hi) * 1.1 || 1;
  const share = (value: number) => Math.min(1, Math.max(0, value / end));
  return {
    band: { from: share(low), to: share(high) },
    own: own === null ? null : { at: share(own), lo: share(lo), hi: share(hi) },
    figure,
  };
}

/** The rows that a figure is held against: of a task, of a cause, or of everything. */
export function ownRow(
  { group, metric }: Pick<BenchmarkItem, "group" | "metric">,
  answers: { whole: readonly MetricRow[]; category: readonly MetricRow[]; cause: readonly MetricRow[] },
): MetricRow | undefined {
  if (metric === null) return undefined;
  if (group === null) return answers.whole[0];
  if ("category" in group) return answers.category.find((row) => row.group.category === group.category);
  return answers.cause.find((row) => row.group.cause === group.cause);
}
