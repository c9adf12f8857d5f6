import { DAY_SECONDS } from "@/lib/core/dimensions";
import type { Coverage } from "./coverage";
import type { MetricDefinition } from "./definitions/definition";
import type { Group } from "./groups";
import type { Grain, Period } from "./period";
import { garwoodInterval } from "./statistics/garwood";
import { type Limits, linearisedRatioInterval } from "./statistics/ratio-interval";
import { wilsonInterval } from "./statistics/wilson";
import type { Tally } from "./tally";
import type { Flag, MetricRow } from "./types";

/** Where a row stands in time. */
export interface Bucket {
  /** Calendar bounds; the period itself when the query has no grain. */
  start: Date;
  end: Date;
  grain: Grain | null;
  period: Period;
}

export interface RowInput {
  definition: MetricDefinition;
  bucket: Bucket;
  group: Group;
  tally: Tally;
  coverage: Coverage | null;
  /** A resampled interval of a ratio, where the row is small enough for one. */
  resampled: Limits | null;
}

type Estimate = Pick<MetricRow, "value" | "lo" | "hi" | "method" | "exposure">;

const WEEK_MS = 7 * DAY_SECONDS * 1000;
/** Below this many pull requests a proportion is said as "k of n" and a ratio has no interval (metrics.md G10). */
export const FEW = 10;
const SMALL_SAMPLE = 30;

const days = (seconds: number) =>
  seconds % DAY_SECONDS === 0 && seconds > DAY_SECONDS ? `${seconds / DAY_SECONDS} days` : `${seconds / 3600} hours`;
const day = (at: Date) => at.toISOString().slice(0, 10);
const pullRequests = (count: number) => `${count} pull request${count === 1 ? "" : "s"}`;

/** Weeks that a row's count was collected over: whole calendar buckets, or the observed part of the period. */
function weeksOf({ start, end, grain, period }: Bucket, coverage: Coverage): number {
  if (grain === "week") return 1;
  if (grain === "hour") return 1 / 168;
  // Clocks that change make a day an hour longer or shorter; on the calendar it is still one day.
  if (grain !== null) return Math.round((end.getTime() - start.getTime()) / (DAY_SECONDS * 1000)) / 7;
  const from = Math.max(period.from.getTime(), coverage.from?.getTime() ?? Number.NEGATIVE_INFINITY);
  const to = Math.min(period.to.getTime(), coverage.to.getTime());
  return Math.max(0, to - from) / WEEK_MS;
}

function estimate({ definition, bucket, tally, resampled }: RowInput, coverage: Coverage): Estimate {
  const none = { value: null, lo: null, hi: null, method: "none", exposure: null };
  switch (definition.measure.kind) {
    case "count":
      return { ...none, value: tally.k };
    case "weekly_rate": {
      const exposure = weeksOf(bucket, coverage);
      const interval = bucket.grain === "week" ? null : garwoodInterval(tally.k, exposure);
      if (exposure <= 0) return none;
      const value = tally.k / exposure;
      return interval === null
        ? { ...none, value, exposure }
        : { value, lo: interval.lo, hi: interval.hi, method: "garwood", exposure };
    }
    case "proportion": {
      const interval = wilsonInterval(tally.k, tally.n);
      return interval === null
        ? none
        : { ...none, value: interval.p, lo: interval.lo, hi: interval.hi, method: "wilson" };
    }
    case "ratio": {
      const { x, y } = tally.ratio;
      if (tally.n === 0 || y === 0) return { ...none, exposure: tally.n === 0 ? null : y };
      const limits = tally.n < FEW ? null : (resampled ?? linearisedRatioInterval(tally.ratio));
      const method = limits === null ? "none" : resampled === null ? "linearised" : "bootstrap";
      const clamp = (limit: number) => Math.min(1, Math.max(0, limit));
      return {
        value: x / y,
        lo: limits && clamp(limits.lo),
        hi: limits && clamp(limits.hi),
        method,
        exposure: y,
      };
    }
  }
}

/** Why a row without pull requests, or without a value, has none; null when its zero is a real one. */
function missingReason(
  { definition, bucket, tally }: RowInput,
  value: number | null,
  coverage: Coverage | null,
): string | null {
  if (coverage === null) return "no data: no repository that is selected here has been imported";
  const empty = tally.n === 0 && tally.immature === 0 && Object.keys(tally.excluded).length === 0;
  const start = Math.max(bucket.start.getTime(), bucket.period.from.getTime());
  const end = Math.min(bucket.end.getTime(), bucket.period.to.getTime());
  if (empty && start >= coverage.to.getTime()) return `no data: the data end on ${day(coverage.to)}`;
  if (empty && coverage.from !== null && end <= coverage.from.getTime()) {
    return `no data: the data begin on ${day(coverage.from)}`;
  }
  const window = definition.descriptor.windowSeconds;
  if (window !== null && tally.n === 0 && tally.immature > 0) {
    return `too young: ${pullRequests(tally.immature)} merged less than ${days(window)} before the data end`;
  }
  if (value !== null) return null;
  const { measure } = definition;
  const excluded = Object.values(tally.excluded).reduce((sum, count) => sum + count, 0);
  if (measure.kind === "ratio" && tally.n > 0) return "no lines were added";
  if (measure.kind === "ratio" && (tally.excluded[measure.unknown] ?? 0) > 0) {
    return `line counts are unknown for all ${pullRequests(tally.excluded[measure.unknown] ?? 0)}`;
  }
  return excluded > 0 ? `no eligible pull requests: all ${excluded} are excluded` : "no pull requests";
}

function flagsOf({ definition, bucket, tally }: RowInput, coverage: Coverage): Flag[] {
  const flags: Flag[] = [];
  const { measure } = definition;
  if ((measure.kind === "proportion" || measure.kind === "ratio") && tally.n > 0 && tally.n < SMALL_SAMPLE) {
    flags.push(tally.n < FEW ? "few" : "small_sample");
  }
  if (tally.immature > 0) flags.push("provisional");
  const clipped = bucket.start < bucket.period.from || bucket.end > bucket.period.to;
  if (clipped || bucket.end > coverage.to) flags.push("incomplete_bucket");
  const observedEnd = Math.min(bucket.end.getTime(), coverage.to.getTime());
  const lateStart = coverage.allFrom !== null && coverage.allFrom > bucket.start;
  if (lateStart || coverage.allTo.getTime() < observedEnd) flags.push("partial_coverage");
  if (definition.lowerBound) flags.push("lower_bound");
  return flags;
}

/** One row of the result, from what was counted for it. */
export function buildRow(input: RowInput): MetricRow {
  const { bucket, coverage, definition, group, tally } = input;
  const found = coverage === null ? null : estimate(input, coverage);
  const reason = missingReason(input, found?.value ?? null, coverage);
  const known = reason === null && found !== null;
  return {
    bucket: bucket.grain === null ? null : bucket.start.toISOString(),
    group,
    value: known ? found.value : null,
    lo: known ? found.lo : null,
    hi: known ? found.hi : null,
    method: known ? found.method : "none",
    k: coverage === null || definition.measure.kind === "ratio" ? null : tally.k,
    n: coverage === null ? null : tally.n,
    exposure: found?.exposure ?? null,
    immature: tally.immature,
    excluded: tally.excluded,
    flags: coverage === null ? [] : flagsOf(input, coverage),
    ...(reason === null ? {} : { reason }),
  };
}

const WEEKS_BEHIND_A_RATE = 4;

/**
 * Gives weekly rows of one group the interval of the mean of the four weeks that end with them (metrics.md 2.1); a row
 * with fewer complete weeks behind it has none.
 * @param rows of one group, in the order of time
 */
export function addFourWeekIntervals(rows: readonly MetricRow[]): MetricRow[] {
  return rows.map((row, index) => {
    const behind = rows.slice(Math.max(0, index + 1 - WEEKS_BEHIND_A_RATE), index + 1);
    const complete = behind.every(({ value, flags }) => value !== null && !flags.includes("incomplete_bucket"));
    if (behind.length < WEEKS_BEHIND_A_RATE || !complete) return row;
    const merged = behind.reduce((sum, { k }) => sum + (k ?? 0), 0);
    const interval = garwoodInterval(merged, WEEKS_BEHIND_A_RATE);
    return interval === null ? row : { ...row, lo: interval.lo, hi: interval.hi, method: "garwood" };
  });
}
