import {
  formatCount,
  formatKOfN,
  formatPercent,
  formatPercentInterval,
  formatPoints,
  formatRelativeChange,
} from "@/lib/core/format";
import type { MetricDescriptor, MetricRow } from "@/lib/metrics/types";
import { isSmall, withinChance } from "./by-chance";
import { formatMetricInterval, formatMetricValue } from "./format-metric";

export type Tone = "good" | "bad" | "flat";

export interface MetricPresentation {
  /** `1,284`, `≥ 41 %`, `2 of 7`, or a dash where there is no value. */
  value: string;
  /** What the value counts, where its name does not say. */
  unit: string;
  change: { text: string; tone: Tone; words: string | null } | null;
  /** What the value rests on, in parts that do not break: interval and n, the other period, or why there is none. */
  basis: string[];
}

/** What stands behind a value where its name does not say what it counts. */
const UNIT_WORDS: Readonly<Partial<Record<MetricDescriptor["unit"], string>>> = {
  count: "PRs",
  per_week: "a week",
  per_day: "a day",
  per_working_day: "a day",
};

/** A row in words: few are said as "k of n", a bound says that it is one, a missing value says why. */
export function presentMetric(
  descriptor: MetricDescriptor,
  row: MetricRow | undefined,
  before: MetricRow | undefined,
): MetricPresentation {
  if (row === undefined) return { value: "–", unit: "", change: null, basis: ["no data"] };
  if (descriptor.unit === "proportion" && row.flags.includes("few") && row.n !== null && row.n > 0) {
    const counted = row.k === null ? "–" : formatKOfN(row.k, row.n);
    const basis = row.k === null ? `too few to rate, n\u00a0${formatCount(row.n)}` : "too few to rate";
    return { value: counted, unit: "", change: null, basis: [basis] };
  }
  if (row.value === null) return { value: "–", unit: "", change: null, basis: [row.reason ?? "no data"] };
  const bound = row.flags.includes("lower_bound") && isBounded(descriptor) ? "≥\u00a0" : "";
  return {
    value: `${bound}${formatMetricValue(descriptor, row.value, row.currency ?? null)}`,
    unit: UNIT_WORDS[descriptor.unit] ?? "",
    change: changeOf(descriptor, row, before),
    basis: basisOf(descriptor, row, before),
  };
}

function changeOf(
  descriptor: MetricDescriptor,
  row: MetricRow,
  before: MetricRow | undefined,
): MetricPresentation["change"] {
  if (descriptor.unit === "proportion") {
    const change = row.change;
    if (change === undefined || change.value === null || change.lo === null || change.hi === null) return null;
    if (isSmall(row) || isSmall(before)) return null;
    const chance = withinChance(change);
    return {
      text: formatPoints(change.value),
      tone: chance ? "flat" : toneOf(descriptor, change.value),
      words: chance ? "within chance" : null,
    };
  }
  // Young cohorts are missing from this period and not from the one before: the two counts do not compare.
  if (row.value === null || before?.value == null || row.immature > before.immature) return null;
  const text = formatRelativeChange(row.value, before.value);
  if (text === null) return null;
  const measured = isMeasured(descriptor) && row.change !== undefined && row.change.lo !== null;
  if (isMeasured(descriptor) && (isSmall(row) || isSmall(before))) return null;
  if (measured && row.change !== undefined && withinChance(row.change)) {
    return { text, tone: "flat", words: "within chance" };
  }
  if (isCountedByChance(descriptor) && (holds(row, before.value) || holds(before, row.value))) {
    return { text, tone: "flat", words: "within chance" };
  }
  return { text, tone: toneOf(descriptor, row.value - before.value), words: null };
}

/** Units of figures that may be at least what is said. */
const isBounded = ({ unit }: Pick<MetricDescriptor, "unit">): boolean => unit === "proportion" || unit === "money";

/** Whether a value lies within what another one could be by chance. */
const holds = ({ hi, lo }: MetricRow, value: number): boolean =>
  lo !== null && hi !== null && lo <= value && value <= hi;

/** Good or bad by the metric's own direction; a metric that only gives context has neither. */
export function toneOf(descriptor: Pick<MetricDescriptor, "direction">, difference: number): Tone {
  if (difference === 0 || descriptor.direction === "context") return "flat";
  return difference > 0 === (descriptor.direction === "higher") ? "good" : "bad";
}

/** Times, rounds and densities, which rest on an interval and a number of pull requests as rates do. */
const isMeasured = ({ unit }: Pick<MetricDescriptor, "unit">): boolean =>
  unit === "seconds" ||
  unit === "hours" ||
  unit === "rounds" ||
  unit === "per_kloc" ||
  unit === "times" ||
  unit === "points" ||
  unit === "money";

/** Numbers of what happens by chance, which have an interval. */
const isCountedByChance = ({ unit }: Pick<MetricDescriptor, "unit">): boolean =>
  unit === "per_day" || unit === "per_engineer_week" || unit === "incidents" || unit === "developers";

/** Said where some of the repositories tell of what is counted and others do not. */
const toldBy = ({ told }: MetricRow): string[] =>
  told === undefined ? [] : [`${formatCount(told.repositories)} of ${formatCount(told.of)} repositories`];

/** From this share on what is not known is said beside the figure; less of it is in its definition. */
const WORTH_SAYING = 0.05;

/** What of the work the figure should be about is left out because nobody told of it. */
function notKnown({ excluded, n }: MetricRow): string[] {
  const unknown = Object.entries(excluded)
    .filter(([reason]) => reason.startsWith("unknown_") || reason === "not_traced" || reason === "not_evaluable")
    .reduce((sum, [, count]) => sum + count, 0);
  const share = n === null || unknown === 0 ? 0 : unknown / (n + unknown);
  return share < WORTH_SAYING ? [] : [`${formatPercent(share, 0)} not known`];
}

/** What the rate would be if none, and if all, of those counted that an older version took back with others. */
const boundsOf = ({ bounds }: MetricRow): string[] =>
  bounds === undefined
    ? []
    : [
        `unclear rollbacks: ${formatPercentInterval(Math.min(bounds.none, bounds.all), Math.max(bounds.none, bounds.all))}`,
      ];

function measuredBasis(descriptor: MetricDescriptor, row: MetricRow): string[] {
  const interval = formatMetricInterval(descriptor, row);
  const n = row.n === null ? [] : [`n\u00a0${formatCount(row.n)}`];
  return [
    ...(interval === "" ? [] : [interval]),
    ...n,
    ...(row.flags.includes("small_sample") ? ["small sample"] : []),
    ...toldBy(row),
    ...notKnown(row),
  ];
}

function basisOf(descriptor: MetricDescriptor, row: MetricRow, before: MetricRow | undefined): string[] {
  if (row.method === "monte-carlo") return [formatMetricInterval(descriptor, row), "in 8 of 10 draws"];
  if (descriptor.unit === "proportion") {
    const interval = row.lo === null || row.hi === null ? [] : [formatPercentInterval(row.lo, row.hi)];
    const n = row.n === null ? [] : [`n\u00a0${formatCount(row.n)}`];
    return [
      ...interval,
      ...n,
      ...(row.flags.includes("small_sample") ? ["small sample"] : []),
      ...boundsOf(row),
      ...toldBy(row),
      ...notKnown(row),
    ];
  }
  if (isCountedByChance(descriptor)) {
    const interval = formatMetricInterval(descriptor, row);
    return [...(interval === "" ? [] : [interval]), ...toldBy(row)];
  }
  if (row.immature > 0 && descriptor.unit === "count") return [`${formatCount(row.immature)} too young to count`];
  if (isMeasured(descriptor)) return measuredBasis(descriptor, row);
  return before?.value == null ? [] : [`on ${formatMetricValue(descriptor, before.value, before.currency ?? null)}`];
}
