import {
  formatCount,
  formatDecimal,
  formatHours,
  formatMoney,
  formatPercent,
  formatPercentInterval,
  formatPoints,
} from "@/lib/core/format";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";

/** How a value of a metric is written, without what it rests on. @param currency of money, ISO 4217 */
export function formatMetricValue(
  descriptor: Pick<MetricDescriptor, "unit">,
  value: number,
  currency: string | null = null,
): string {
  switch (descriptor.unit) {
    case "proportion":
      return formatPercent(value);
    case "times":
      return `${formatDecimal(value, 1)}\u00a0×`;
    case "per_kloc":
    case "per_engineer_week":
      return formatDecimal(value, 2);
    case "developers":
      return formatDecimal(value, 1);
    case "money":
      return formatMoney(value, currency);
    case "months":
      return `${formatDecimal(value, 1)}\u00a0months`;
    case "return":
      return formatPercent(value, 0);
    case "points":
      return formatPoints(value / 100);
    case "rounds":
      return formatDecimal(value, Number.isInteger(value) ? 0 : 1);
    case "per_week":
    case "per_day":
    case "per_working_day":
      return value >= 100 ? formatCount(value) : formatDecimal(value, 1);
    case "hours":
      return formatHours(value);
    case "seconds":
      return formatHours(value / 3600);
    case "count":
    case "incidents":
    case "lines":
      return formatCount(value);
  }
}

/** The interval of a value that is no share, its ends written like the value. */
export function formatMetricInterval(
  descriptor: Pick<MetricDescriptor, "unit">,
  row: Pick<MetricRow, "lo" | "hi" | "currency">,
): string {
  if (row.lo === null || row.hi === null) return "";
  if (descriptor.unit === "proportion") return formatPercentInterval(row.lo, row.hi);
  if (descriptor.unit === "times") return `${formatDecimal(row.lo, 1)}–${formatMetricValue(descriptor, row.hi)}`;
  const currency = row.currency ?? null;
  const [lo, hi] = [formatMetricValue(descriptor, row.lo, currency), formatMetricValue(descriptor, row.hi, currency)];
  if (lo === hi) return lo;
  return row.lo < 0 ? `${lo} to ${hi}` : `${lo}–${hi}`;
}
