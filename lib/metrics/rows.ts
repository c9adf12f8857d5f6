import { DAY_SECONDS, type Dimension, SETTLE_SECONDS } from "@/lib/core/dimensions";
import type { Coverage } from "./coverage";
import { isFactor, type Measure, type MetricDefinition, subjectsOf } from "./definitions/definition";
import { UNKNOWN_LABEL } from "./definitions/unknown";
import { feedOf, type Told } from "./operations/feeds";
import type { Baseline } from "./people/baseline";
import type { Grain } from "./period";
import type { Spread } from "./scan/group-counts";
import { unknownOf } from "./scan/metric-tally";
import { garwoodInterval } from "./statistics/garwood";
import { humanEquivalent } from "./statistics/human-equivalent";
import type { PercentileEstimate } from "./statistics/percentile-estimate";
import { type Limits, linearisedRatioInterval, type RatioSums } from "./statistics/ratio-interval";
import type { StandardisedFactor } from "./statistics/standardised-factor";
import { wilsonInterval } from "./statistics/wilson";
import type { Flag, Group, MetricRow } from "./types";

/** Where a row stands in time; instants in milliseconds. */
export interface Bucket {
  /** Calendar bounds; the period itself when the query has no grain. */
  start: number;
  end: number;
  /** Start as the row says it; null when the query has no grain. */
  label: string | null;
  grain: Grain | null;
  /** The period of the query. */
  from: number;
  to: number;
}

/** What was counted for one row of one metric. Tens of thousands of rows are made for one answer: they share it. */
export interface Tally {
  /** Mature eligible rows; of a metric that reads numbers those where they are known. */
  n: number;
  /** Those that count. */
  k: number;
  immature: number;
  excluded: Readonly<Record<string, number>>;
  /** Of a ratio or a density only; zeros otherwise. */
  ratio: RatioSums;
  /** Of a percentile or a median of times only; null when nothing was known, or it never comes to one half. */
  percentile: PercentileEstimate | null;
  /** Of a metric that holds agents against people only. */
  factor: StandardisedFactor | null;
  /** Of a percentile over a whole period, from some twenty numbers on. */
  spread: Spread | null;
}

export interface RowInput {
  definition: MetricDefinition;
  bucket: Bucket;
  group: Group;
  tally: Tally;
  coverage: CoverageInstants | null;
  /** A resampled interval of a ratio, where the row has one. */
  resampled: Limits | null;
  /** Of how many repositories it is told; null of what every source tells of. */
  told: Told | null;
  /** A filter that what is counted here cannot be narrowed by. */
  foreign: Dimension | null;
  /** Of developers who would merge as much: what one merges; null of everything else. */
  baseline: Baseline | null;
  /** Of a metric per engineer-week or working day: how many there are; null where nobody is on the roster. */
  worked: number | null;
}

/** `Coverage` in milliseconds. */
export interface CoverageInstants {
  from: number | null;
  allFrom: number | null;
  allTo: number;
  to: number;
}

/** The instants of a coverage, read once for all rows of a group. */
export function coverageInstants(coverage: Coverage | null): CoverageInstants | null {
  return (
    coverage && {
      from: coverage.from?.getTime() ?? null,
      allFrom: coverage.allFrom?.getTime() ?? null,
      allTo: coverage.allTo.getTime(),
      to: coverage.to.getTime(),
    }
  );
}

const WEEK_MS = 7 * DAY_SECONDS * 1000;
/** Dimensions as a sentence names them. */
const DIMENSION_WORDS: Readonly<Record<Dimension, string>> = {
  org: "organisation",
  repo: "repository",
  team: "team",
  agent: "agent",
  authorKind: "who wrote them",
  category: "task",
  severity: "severity",
  sizeBucket: "size",
  cause: "cause",
  environment: "environment",
};

/** Figures of fewer people would be about persons (metrics.md 2.3). */
const FEWEST_PEOPLE = 5;

/** Below this many pull requests a proportion is said as "k of n" and a ratio has no interval (metrics.md G10). */
export const FEW = 10;
const SMALL_SAMPLE = 30;

const days = (seconds: number) =>
  seconds % DAY_SECONDS === 0 && seconds > DAY_SECONDS ? `${seconds / DAY_SECONDS} days` : `${seconds / 3600} hours`;
const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** A rate of which some may belong to it is between what none and what all of them make of it (metrics.md 2.5). */
function setBounds(row: MetricRow, { excluded, k, n }: Tally): void {
  const unclear = excluded.unclear_rollback ?? 0;
  if (unclear > 0) row.bounds = { none: k / (n + unclear), all: (k + unclear) / (n + unclear) };
}

/** What a metric counts, in words. */
function nounOf(definition: MetricDefinition): { one: string; many: string } {
  const [first] = subjectsOf(definition);
  if (feedOf(definition) === null) return { one: "pull request", many: "pull requests" };
  if (first === "commit") return { one: "deployed commit", many: "deployed commits" };
  if (first === "failure") return { one: "failed deployment", many: "failed deployments" };
  return first === "incident" ? { one: "incident", many: "incidents" } : { one: "deployment", many: "deployments" };
}

const howMany = ({ many, one }: { one: string; many: string }, count: number) => `${count} ${count === 1 ? one : many}`;

/** Weeks that a row's count was collected over: whole calendar buckets, or the observed part of the period. */
function weeksOf({ end, from, grain, start, to }: Bucket, coverage: CoverageInstants): number {
  if (grain === "week") return 1;
  if (grain === "hour") return 1 / 168;
  // Clocks that change make a day an hour longer or shorter; on the calendar it is still one day.
  if (grain !== null) return Math.round((end - start) / (DAY_SECONDS * 1000)) / 7;
  const observedFrom = Math.max(from, coverage.from ?? Number.NEGATIVE_INFINITY);
  return Math.max(0, Math.min(to, coverage.to) - observedFrom) / WEEK_MS;
}

/** The same of what is old enough for a window, whatever the bucket. */
function matureWeeksOf({ end, from, start, to }: Bucket, coverage: CoverageInstants, windowSeconds: number): number {
  const first = Math.max(start, from, coverage.from ?? Number.NEGATIVE_INFINITY);
  return Math.max(0, Math.min(end, to, coverage.to - (windowSeconds + SETTLE_SECONDS) * 1000) - first) / WEEK_MS;
}

/** Of a developer in a week. */
const WORKING_HOURS = 40;

function setInterval(row: MetricRow, { hi, lo }: Limits, method: string): void {
  row.lo = lo;
  row.hi = hi;
  row.method = method;
}

/** Defects are counted per so many lines. */
const PER_LINES = 1000;

const HOUR_SECONDS = 3600;

/** Measures that are numbers of rows, which need no reason to be few. */
const COUNTS: ReadonlySet<Measure["kind"]> = new Set(["count", "events", "rate"]);

const isShare = ({ descriptor }: MetricDefinition): boolean => descriptor.unit === "proportion";
const clamp = (limit: number) => Math.min(1, Math.max(0, limit));

/** Gives a row its value, its limits and what they come from, where they exist. */
function estimate(
  row: MetricRow,
  { definition, bucket, tally, resampled, worked, baseline }: RowInput,
  coverage: CoverageInstants,
): void {
  switch (definition.measure.kind) {
    case "count":
      row.value = tally.k;
      return;
    case "events": {
      row.value = tally.k;
      const interval = garwoodInterval(tally.k, 1);
      if (interval !== null) setInterval(row, interval, "garwood");
      return;
    }
    case "rate": {
      const { per, sum, unknown } = definition.measure;
      if (unknown !== undefined && tally.n === 0) return;
      const isWorked = per === "engineer_week" || per === "working_day";
      const exposure = isWorked ? (worked ?? 0) : weeksOf(bucket, coverage) * (per === "day" ? 7 : 1);
      const count = sum === undefined ? tally.k : tally.ratio.x;
      row.k = count;
      if (exposure <= 0) return;
      row.value = count / exposure;
      row.exposure = exposure;
      // Commits come in lots: their number has no interval of what happens by chance.
      const isPlain = (per === "week" && bucket.grain === "week") || per === "working_day";
      const interval = isPlain ? null : garwoodInterval(count, exposure);
      if (interval !== null) setInterval(row, interval, "garwood");
      return;
    }
    // Worked out where it is counted: no rows stand behind it.
    case "open_age":
    case "money":
    case "effect":
      return;
    case "equivalent": {
      const weeks = matureWeeksOf(bucket, coverage, definition.descriptor.windowSeconds ?? 0);
      if (baseline === null || tally.n === 0 || weeks <= 0) return;
      const reviewHours = tally.ratio.x / HOUR_SECONDS / weeks;
      const of = (safe: number) =>
        humanEquivalent({
          safePerWeek: safe / weeks,
          baseline: baseline.perWeek,
          reviewHoursPerWeek: reviewHours,
          hoursPerWeek: WORKING_HOURS,
        });
      const { gross, net } = of(tally.k);
      row.value = net;
      row.exposure = weeks;
      row.equivalent = { baseline: baseline.perWeek, isMeasured: baseline.isMeasured, gross, reviewHours };
      const interval = garwoodInterval(tally.k, 1);
      if (interval !== null) setInterval(row, { lo: of(interval.lo).net, hi: of(interval.hi).net }, "garwood");
      return;
    }
    case "reported": {
      const { as, fewest } = definition.measure;
      if (tally.n < fewest) return;
      if (as === "share") {
        const interval = wilsonInterval(tally.k, tally.n);
        if (interval === null) return;
        row.value = interval.p;
        setInterval(row, interval, "wilson");
        return;
      }
      const { ratio } = tally;
      if (ratio.y === 0) return;
      row.value = ratio.x / ratio.y;
      const limits = tally.n < FEW ? null : linearisedRatioInterval(ratio);
      if (limits !== null) setInterval(row, { lo: Math.max(0, limits.lo), hi: limits.hi }, "linearised");
      return;
    }
    case "people":
    case "proportion": {
      if (definition.measure.kind === "people" && tally.n < FEWEST_PEOPLE) return;
      setBounds(row, tally);
      const interval = wilsonInterval(tally.k, tally.n);
      if (interval === null) return;
      row.value = interval.p;
      setInterval(row, interval, "wilson");
      return;
    }
    case "ratio": {
      const { ratio } = tally;
      if (tally.n === 0) return;
      row.exposure = ratio.y;
      if (ratio.y === 0) return;
      row.value = ratio.x / ratio.y;
      const limits = tally.n < FEW ? null : (resampled ?? linearisedRatioInterval(ratio));
      if (limits === null) return;
      setInterval(row, limits, resampled === null ? "linearised" : "bootstrap");
      row.lo = isShare(definition) ? clamp(limits.lo) : Math.max(0, limits.lo);
      row.hi = isShare(definition) ? clamp(limits.hi) : limits.hi;
      return;
    }
    case "sum_share": {
      const { x, y } = tally.ratio;
      row.k = x;
      row.n = y;
      const interval = wilsonInterval(x, y);
      if (interval === null) return;
      row.value = interval.p;
      setInterval(row, interval, "wilson");
      return;
    }
    case "factor": {
      const { factor } = tally;
      if (factor === null) return;
      const { crude, dropped, first, hi, lo, second, used, value } = factor;
      row.value = value;
      row.factor = { crude, agents: first, people: second, used, dropped };
      if (lo !== null && hi !== null) setInterval(row, { lo, hi }, "linearised");
      return;
    }
    case "hours":
      if (tally.n > 0) row.value = tally.ratio.x / HOUR_SECONDS;
      return;
    case "density": {
      const { x, y } = tally.ratio;
      row.k = x;
      row.exposure = y / PER_LINES;
      const interval = garwoodInterval(x, row.exposure);
      if (interval === null) return;
      row.value = x / row.exposure;
      setInterval(row, interval, "garwood");
      return;
    }
    case "percentile":
    case "survival": {
      const found = tally.percentile;
      if (found === null) return;
      const { measure } = definition;
      const written = measure.kind === "percentile" ? measure.written : undefined;
      const read = (stored: number) => (written === undefined ? stored : (stored - written.less) / written.by);
      row.value = read(found.value);
      if (tally.spread !== null) row.spread = { p75: read(tally.spread.p75), p90: read(tally.spread.p90) };
      row.method = measure.kind === "percentile" ? "order-statistic" : "kaplan-meier";
      if (found.lo === null || found.hi === null) return;
      row.lo = read(found.lo);
      row.hi = read(found.hi);
    }
  }
}

/** Why a row without pull requests, or without a value, has none; null when its zero is a real one. */
function missingReason(
  { definition, bucket, foreign, tally, told, worked }: RowInput,
  value: number | null,
  coverage: CoverageInstants | null,
): string | null {
  if (coverage === null) return "no data: no repository that is selected here has been imported";
  const noun = nounOf(definition);
  if (foreign !== null && isFactor(definition)) {
    return `agents are held against people: clear the filter by ${DIMENSION_WORDS[foreign]}`;
  }
  if (foreign !== null && definition.measure.kind === "reported") {
    return `answers and reports are of teams: clear the filter by ${DIMENSION_WORDS[foreign]}`;
  }
  if (foreign !== null && definition.measure.kind === "open_age") {
    return `open pull requests are not told apart by ${DIMENSION_WORDS[foreign]}: clear that filter`;
  }
  if (foreign !== null && definition.measure.kind === "effect") {
    return `teams are held against teams: clear the filter by ${DIMENSION_WORDS[foreign]}`;
  }
  if (foreign !== null && definition.measure.kind === "money") {
    return `what is paid is of teams: clear the filter by ${DIMENSION_WORDS[foreign]}`;
  }
  if (foreign === "repo") return "people are in teams, not in repositories: clear the filter by repository";
  if (foreign !== null) return `${noun.many} are not told apart by ${DIMENSION_WORDS[foreign]}: clear that filter`;
  if (told !== null && told.repositories === 0) {
    return `no ${told.feed} are told of for ${told.of === 1 ? "this repository" : `any of ${told.of} repositories`}`;
  }
  if (tally.n === 0 && tally.immature === 0 && sumOf(tally.excluded) === 0) {
    const start = Math.max(bucket.start, bucket.from);
    const end = Math.min(bucket.end, bucket.to);
    if (start >= coverage.to) return `no data: the data end on ${day(coverage.to)}`;
    if (coverage.from !== null && end <= coverage.from) return `no data: the data begin on ${day(coverage.from)}`;
  }
  const window = definition.descriptor.windowSeconds;
  if (window !== null && tally.n === 0 && tally.immature > 0) {
    return `too young: ${howMany(noun, tally.immature)} ${told === null ? "merged" : "finished"} less than ${days(window)} before the data end`;
  }
  if (value !== null) return null;
  const { measure } = definition;
  const { kind } = measure;
  if (measure.kind === "reported") {
    if (tally.n > 0) return `fewer than ${measure.fewest} answers: the figure would be about persons`;
    return measure.of === "suggestions" ? "no tool reports what became of its suggestions" : "no survey in this period";
  }
  if (kind === "people" && tally.n > 0) return `fewer than ${FEWEST_PEOPLE} people: the figure would be about persons`;
  if (measure.kind === "rate" && measure.per === "working_day") return "no working day";
  if (measure.kind === "rate" && measure.per === "engineer_week") {
    return worked === null
      ? "nobody is on the roster: connect GitHub’s teams, or enter who is in which team"
      : "no working day";
  }
  if (kind === "sum_share" && tally.n > 0) return "no defects were found";
  if ((kind === "ratio" || kind === "density") && tally.n > 0) return "no lines were added";
  if (kind === "factor" && tally.n > 0) return "agents and people have no kind of reviewed work in common";
  if (kind === "survival" && tally.n > 0) {
    return `not known yet: fewer than half of ${howMany(noun, tally.n)} have come that far`;
  }
  const unknown = unknownOf(definition);
  const without = unknown === null ? 0 : (tally.excluded[unknown] ?? 0);
  if (unknown !== null && without > 0) return `${UNKNOWN_LABEL[unknown]} for all ${howMany(noun, without)}`;
  const excluded = sumOf(tally.excluded);
  return excluded > 0 ? `no eligible ${noun.many}: all ${excluded} are excluded` : `no ${noun.many}`;
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const name in counts) sum += counts[name] ?? 0;
  return sum;
}

const FLAG_BITS: readonly Flag[] = [
  "few",
  "small_sample",
  "provisional",
  "incomplete_bucket",
  "partial_coverage",
  "lower_bound",
];
/** Every combination of flags once; rows share them. */
const FLAG_LISTS: readonly Flag[][] = Array.from({ length: 2 ** FLAG_BITS.length }, (_, bits) =>
  FLAG_BITS.filter((_flag, position) => (bits & (1 << position)) !== 0),
);

function flagsOf({ definition, bucket, tally }: RowInput, coverage: CoverageInstants): Flag[] {
  let bits = 0;
  const { kind } = definition.measure;
  const n = kind === "sum_share" ? tally.ratio.y : tally.n;
  if (!COUNTS.has(kind) && kind !== "hours" && n > 0) {
    if (kind === "density" ? tally.ratio.y < PER_LINES : n < FEW) bits |= 1;
    else if (n < SMALL_SAMPLE) bits |= 2;
  }
  if (tally.immature > 0) bits |= 4;
  if (bucket.start < bucket.from || bucket.end > bucket.to || bucket.end > coverage.to) bits |= 8;
  const lateStart = coverage.allFrom !== null && coverage.allFrom > bucket.start;
  if (lateStart || coverage.allTo < Math.min(bucket.end, coverage.to)) bits |= 16;
  if (definition.lowerBound) bits |= 32;
  return FLAG_LISTS[bits] as Flag[];
}

/** One row of the result, from what was counted for it. */
export function buildRow(input: RowInput): MetricRow {
  const { bucket, coverage, definition, group, tally } = input;
  const { kind } = definition.measure;
  const { measure } = definition;
  const isShareOfReports = measure.kind === "reported" && measure.as === "share";
  const counts =
    COUNTS.has(kind) || kind === "proportion" || kind === "people" || kind === "equivalent" || isShareOfReports;
  const row: MetricRow = {
    bucket: bucket.label,
    group,
    value: null,
    lo: null,
    hi: null,
    method: "none",
    k: coverage === null || !counts ? null : tally.k,
    n: coverage === null ? null : tally.n,
    exposure: null,
    immature: tally.immature,
    excluded: tally.excluded,
    flags: coverage === null ? [] : flagsOf(input, coverage),
  };
  // How many of so few it is would be about persons too.
  if (kind === "people" && tally.n < FEWEST_PEOPLE) row.k = null;
  if (measure.kind === "reported" && tally.n < measure.fewest) row.k = null;
  const { told } = input;
  if (told !== null && told.repositories < told.of) row.told = { repositories: told.repositories, of: told.of };
  if (coverage !== null) estimate(row, input, coverage);
  const reason = missingReason(input, row.value, coverage);
  if (reason === null) return row;
  row.value = null;
  row.lo = null;
  row.hi = null;
  row.method = "none";
  row.reason = reason;
  return row;
}

const WEEKS_BEHIND_A_RATE = 4;

/** The rows of one group among those of a metric, in the order of time: every `step`-th from `first` on. */
export interface Series {
  rows: readonly MetricRow[];
  first: number;
  step: number;
}

/**
 * Gives weekly rows of one group the interval of the mean of the four weeks that end with them (metrics.md 2.1); a row
 * with fewer complete weeks behind it has none.
 */
export function addFourWeekIntervals({ first, rows, step }: Series): void {
  let complete = 0;
  let merged = 0;
  for (let index = first; index < rows.length; index += step) {
    const row = rows[index] as MetricRow;
    const leaves = rows[index - WEEKS_BEHIND_A_RATE * step];
    merged += (row.k ?? 0) - (index - WEEKS_BEHIND_A_RATE * step < first ? 0 : (leaves?.k ?? 0));
    complete = row.value === null || row.flags.includes("incomplete_bucket") ? 0 : complete + 1;
    const interval = complete < WEEKS_BEHIND_A_RATE ? null : garwoodInterval(merged, WEEKS_BEHIND_A_RATE);
    if (interval !== null) setInterval(row, interval, "garwood");
  }
}
