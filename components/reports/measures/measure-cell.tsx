import { formatMetricInterval, formatMetricValue } from "@/components/metrics/format-metric";
import { RateCell } from "@/components/reports/rate-cell";
import { formatCount } from "@/lib/core/format";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";

/** A value with what it rests on; where there is none, why. */
export function MeasureCell({
  descriptor,
  row,
  none,
}: {
  descriptor: MetricDescriptor;
  row: MetricRow | undefined;
  /** What is said where there is nothing to count, if that is no gap in what is known. */
  none?: string | undefined;
}) {
  if (none !== undefined && (row === undefined || row.n === 0)) return <span className="text-ink-3">{none}</span>;
  if (descriptor.unit === "proportion") return <RateCell row={row} />;
  if (row === undefined || row.value === null) return <NoValue descriptor={descriptor} row={row} />;
  if (descriptor.unit === "incidents") return <span className="font-medium">{formatCount(row.value)}</span>;
  const counts =
    descriptor.unit === "per_kloc"
      ? `${formatCount(row.k ?? 0)} in ${formatCount(Math.round((row.exposure ?? 0) * 1000))} lines`
      : // Of a rate what it counts, which may be something else than pull requests.
        `n\u00a0${formatCount((descriptor.unit.startsWith("per_") ? row.k : null) ?? row.n ?? 0)}`;
  return (
    <>
      <span className="font-medium @max-sm:block">{formatMetricValue(descriptor, row.value)} </span>
      <span className="text-ink-2">{counts}</span>
    </>
  );
}

/** What is said where pull requests are known and there is no value all the same; of times they have not come that far. */
const NO_VALUE: Readonly<Record<string, string>> = {
  per_kloc: "no lines of code",
  per_engineer_week: "nobody on the roster",
  hours: "too few to say",
};

function NoValue({ descriptor: { unit }, row }: { descriptor: MetricDescriptor; row: MetricRow | undefined }) {
  const young = row !== undefined && row.n === 0 && row.immature > 0;
  const words = NO_VALUE[unit] ?? "less than half so far";
  return (
    <span className="text-ink-3">
      {young ? "not old enough" : row === undefined || row.n === null || row.n === 0 ? "not known" : words}
    </span>
  );
}

/** The interval of a value, and the two higher percentiles of a time. */
export function MeasureInterval({ descriptor, row }: { descriptor: MetricDescriptor; row: MetricRow | undefined }) {
  if (row === undefined || row.value === null) return null;
  const few = row.flags.includes("few") && descriptor.unit !== "seconds" && descriptor.unit !== "rounds";
  const interval = few ? "too few to rate" : formatMetricInterval(descriptor, row);
  return (
    <span className="text-ink-3">
      {interval === "" ? "too few for an interval" : interval}
      {row.flags.includes("small_sample") && <span className="block text-xs">small sample</span>}
    </span>
  );
}
