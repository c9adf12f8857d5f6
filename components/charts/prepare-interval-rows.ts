import { formatCount, formatKOfN, formatPercent, formatPercentInterval } from "@/lib/core/format";
import type { Benchmark, MetricRow } from "@/lib/metrics/types";

/** How far a mark may be trusted (metrics.md G10): drawn in full, dashed, or in words. */
export type MarkState = "rated" | "small" | "few" | "none";

export interface IntervalMark {
  series: string;
  color: string;
  state: MarkState;
  /** Shares of 0..1; null unless the state is `rated` or `small`. */
  value: number | null;
  lo: number | null;
  hi: number | null;
  /** `4.2 %`, empty where there are too few. */
  rate: string;
  /** `13 of 312` */
  counts: string;
  /** What stands in the plot instead of a mark. */
  words: string | null;
  /** The whole interval lies above the published band. */
  aboveBand: boolean;
  /** `8 too young`, where so many are left out that the rate is provisional; null otherwise. */
  young: string | null;
  /** Read out with the row: `95 % interval 2.4–7.0 %`. */
  interval: string | null;
}

export interface IntervalRow {
  key: string;
  label: string;
  band: { low: number; high: number } | null;
  marks: IntervalMark[];
}

export interface IntervalSeries {
  key: string;
  label: string;
  color: string;
  /** Readings by the key of their row. */
  rates: ReadonlyMap<string, RateReading>;
}

/** What a mark is drawn from; `k` is null for a rate that is not k of n, such as a standardised one. */
export type RateReading = Pick<MetricRow, "value" | "lo" | "hi" | "k" | "n" | "immature" | "flags">;

export interface IntervalRows {
  rows: IntervalRow[];
  /** Upper end of the axis, a share. */
  max: number;
  ticks: { at: number; label: string }[];
}

/** Rates with their intervals, one row per key, on one axis that begins at 0. */
export function prepareIntervalRows(
  keys: readonly { key: string; label: string }[],
  series: readonly IntervalSeries[],
  benchmarks: readonly Benchmark[],
): IntervalRows {
  const rows = keys.map(({ key, label }) => {
    const benchmark = benchmarks.find((candidate) => candidate.category === key && candidate.comparability !== "no");
    const band = benchmark === undefined ? null : { low: benchmark.low, high: benchmark.high };
    const marks = series.map(({ key: name, color, rates }) => markOf(name, color, rates.get(key), band));
    return { key, label, band, marks };
  });
  const reach = rows.flatMap((row) => [row.band?.high ?? 0, ...row.marks.map(reachOf)]);
  return { rows, ...axis(Math.max(0.05, ...reach)) };
}

const PROVISIONAL_SHARE = 0.2;

/** A small sample's interval may be as wide as the axis: it is cut there, so that it does not flatten the others. */
function reachOf(mark: IntervalMark): number {
  if (mark.state === "rated") return mark.hi ?? 0;
  return mark.state === "small" ? Math.min(mark.hi ?? 0, (mark.value ?? 0) + 0.1) : 0;
}

/** Every recent period leaves out a few; a rate is called provisional where they could still change it. */
function isProvisional({ immature }: RateReading, n: number): boolean {
  return n > 0 && immature > (n + immature) * PROVISIONAL_SHARE;
}

function markOf(series: string, color: string, row: RateReading | undefined, band: IntervalRow["band"]): IntervalMark {
  const n = row?.n ?? 0;
  const counts = n > 0 && row?.k != null ? formatKOfN(row.k, n) : "";
  const young = row !== undefined && isProvisional(row, n) ? `${formatCount(row.immature)} too young` : null;
  const unrated = { value: null, lo: null, hi: null, rate: "", aboveBand: false, interval: null };
  const blank = { series, color, counts, young, ...unrated };
  if (row === undefined || n === 0) {
    const waiting = row !== undefined && row.immature > 0;
    return { ...blank, state: "none", words: waiting ? "not old enough yet" : "none merged" };
  }
  if (row.flags.includes("few") || row.value === null || row.lo === null || row.hi === null) {
    return { ...blank, state: "few", young: null, words: "too few to rate" };
  }
  return {
    ...blank,
    state: row.flags.includes("small_sample") ? "small" : "rated",
    value: row.value,
    lo: row.lo,
    hi: row.hi,
    rate: formatPercent(row.value, 1),
    words: null,
    aboveBand: band !== null && row.lo > band.high,
    interval: `95 % interval ${formatPercentInterval(row.lo, row.hi)}`,
  };
}

/** Round steps, at most five of them. */
function axis(reach: number): Pick<IntervalRows, "max" | "ticks"> {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25].find((candidate) => reach / candidate <= 4.5) ?? 0.25;
  const max = Math.min(1, Math.ceil(reach / step - 1e-9) * step);
  const count = Math.round(max / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => ({
    at: index * step,
    label: formatPercent(index * step, 0),
  }));
  return { max, ticks };
}
