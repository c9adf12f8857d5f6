import { AUTHOR_KIND_LABEL, type AuthorKind } from "@/lib/core/dimensions";
import { formatDate, formatDay, formatMonth } from "@/lib/core/format";
import type { MetricRow } from "@/lib/metrics/types";
import { MAX_POINTS } from "./keep-extremes";
import { niceTicks } from "./nice-ticks";
import { AUTHOR_KIND_COLOR } from "./series-color";

/** From the axis up. */
const STACK: readonly AuthorKind[] = ["agent", "assisted", "human"];
/** A bar and the space beside it take two pixels. */
const MAX_BARS = MAX_POINTS / 2;

export interface StackedBar {
  bucket: string;
  /** The last bucket of those that stand together. */
  lastBucket: string;
  /** Under the axis. */
  tick: string;
  /** In full: `Week of 12 Oct 2026`. */
  label: string;
  /** Pull requests by author kind; null is a gap, never a zero. */
  values: Partial<Record<AuthorKind, number | null>>;
  /** The bucket is not over, or begins before the data does. */
  incomplete: boolean;
}

export interface StackedBars {
  series: { key: AuthorKind; label: string; color: string; total: number }[];
  bars: StackedBar[];
  /** The bars as the chart has room for them: each is the sum of `merged` neighbours. */
  drawn: StackedBar[];
  merged: number;
  /** Marks of the value axis. */
  ticks: number[];
}

/** Bars of merged pull requests per bucket, stacked by author kind. */
export function prepareStackedBars(rows: readonly MetricRow[], grain: "week" | "month", timeZone: string): StackedBars {
  const bars = new Map<string, StackedBar>();
  for (const row of rows) {
    const kind = STACK.find((candidate) => candidate === row.group.authorKind);
    if (row.bucket === null || kind === undefined) continue;
    const bar = bars.get(row.bucket) ?? emptyBar(row.bucket, grain, timeZone);
    bar.values[kind] = row.k ?? row.value;
    bar.incomplete ||= row.flags.includes("incomplete_bucket");
    bars.set(row.bucket, bar);
  }
  const sorted = [...bars.values()].toSorted((a, b) => a.bucket.localeCompare(b.bucket));
  const series = STACK.map((key) => ({
    key,
    label: AUTHOR_KIND_LABEL[key],
    color: AUTHOR_KIND_COLOR[key],
    total: sorted.reduce((sum, bar) => sum + (bar.values[key] ?? 0), 0),
  }));
  const merged = Math.max(1, Math.ceil(sorted.length / MAX_BARS));
  const drawn = merged === 1 ? sorted : mergeNeighbours(sorted, merged);
  const heights = drawn.map(({ values }) => STACK.reduce((sum, kind) => sum + (values[kind] ?? 0), 0));
  return {
    series: series.filter(({ key }) => sorted.some((bar) => bar.values[key] !== undefined)),
    bars: sorted,
    drawn,
    merged,
    ticks: niceTicks(Math.max(0, ...heights), 4, 1),
  };
}

function emptyBar(bucket: string, grain: "week" | "month", timeZone: string): StackedBar {
  return grain === "week"
    ? {
        bucket,
        lastBucket: bucket,
        tick: formatDay(bucket, timeZone),
        label: `Week of ${formatDate(bucket, timeZone)}`,
        values: {},
        incomplete: false,
      }
    : {
        bucket,
        lastBucket: bucket,
        tick: formatMonth(bucket, timeZone),
        label: formatMonth(bucket, timeZone),
        values: {},
        incomplete: false,
      };
}

/** Sums of so many bars each, from the left; a kind is missing only where it is missing in all of them. */
function mergeNeighbours(bars: readonly StackedBar[], size: number): StackedBar[] {
  return bars.flatMap((first, index) => {
    if (index % size !== 0) return [];
    const group = bars.slice(index, index + size);
    const last = group.at(-1) ?? first;
    const values: StackedBar["values"] = {};
    for (const kind of STACK) {
      const known = group.flatMap((bar) => bar.values[kind] ?? []);
      if (known.length > 0) values[kind] = known.reduce((sum, value) => sum + value, 0);
      else if (group.some((bar) => bar.values[kind] === null)) values[kind] = null;
    }
    const label = group.length === 1 ? first.label : `${first.label} to ${last.label}`;
    return [
      { ...first, lastBucket: last.lastBucket, label, values, incomplete: group.some(({ incomplete }) => incomplete) },
    ];
  });
}
