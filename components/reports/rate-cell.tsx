import type { RateReading } from "@/components/charts/prepare-interval-rows";
import { formatCount, formatKOfN, formatPercent, formatPercentInterval } from "@/lib/core/format";

/** A rate in a table: the rate with its k of n; few are said in words. */
export function RateCell({ row }: { row: RateReading | undefined }) {
  if (row === undefined || row.n === null || row.n === 0) {
    return <span className="text-ink-3">{row !== undefined && row.immature > 0 ? "not old enough" : "none"}</span>;
  }
  // How many of so few it is would be about persons.
  if (row.k === null && row.value === null) return <span className="text-ink-3">too few to say</span>;
  return (
    <>
      {row.value !== null && !row.flags.includes("few") && (
        <span className="font-medium @max-sm:block">{formatPercent(row.value, 1)} </span>
      )}
      <span className="text-ink-2">
        {/* A share of lines is of so many pull requests, and counts none of them. */}
        {row.k === null ? `n\u00a0${formatCount(row.n)}` : formatKOfN(row.k, row.n)}
      </span>
    </>
  );
}

/** The interval of a rate, or why it has none to show. */
export function IntervalCell({ row }: { row: RateReading | undefined }) {
  if (row === undefined || row.n === null || row.n === 0) return null;
  const few = row.flags.includes("few") || row.lo === null || row.hi === null;
  return (
    <span className="text-ink-3">
      {few || row.lo === null || row.hi === null ? "too few to rate" : formatPercentInterval(row.lo, row.hi)}
      {row.flags.includes("small_sample") && <span className="block text-xs">small sample</span>}
    </span>
  );
}
