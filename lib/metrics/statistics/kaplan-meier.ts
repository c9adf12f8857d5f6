import { Z95 } from "./wilson";

/** Observations that share a time and an outcome. `event` false: censored, it left while still at risk. */
export interface SurvivalObservation {
  time: number;
  event: boolean;
  /** How many; 1 unless given. */
  count?: number;
}

export interface SurvivalStep {
  time: number;
  atRisk: number;
  events: number;
  /** S(t), the share still without the event. */
  survival: number;
  /** Greenwood's variance of S(t). */
  variance: number;
  /** 95 % log–log limits of S(t). */
  lo: number;
  hi: number;
}

function logLogLimits(survival: number, greenwood: number): { lo: number; hi: number } {
  if (survival <= 0) return { lo: 0, hi: 0 };
  if (survival >= 1) return { lo: 1, hi: 1 };
  const spread = Math.exp((Z95 * Math.sqrt(greenwood)) / Math.abs(Math.log(survival)));
  return { lo: survival ** spread, hi: survival ** (1 / spread) };
}

/** How many observations end at each time, ascending; as columns, because there may be tens of thousands. */
export interface TimeTable {
  length: number;
  times: ArrayLike<number>;
  events: ArrayLike<number>;
  /** Events and censorings. */
  all: ArrayLike<number>;
  /** Observations in all; what is beyond the last time is at risk at every step. */
  atRisk: number;
}

/** Steps before their limits are worked out, which takes longer than the steps themselves. */
interface BareSteps {
  length: number;
  /** Positions in the table. */
  at: Int32Array;
  atRisk: Float64Array;
  survival: Float64Array;
  greenwood: Float64Array;
}

function bareSteps(table: TimeTable): BareSteps {
  const steps: BareSteps = {
    length: 0,
    at: new Int32Array(table.length),
    atRisk: new Float64Array(table.length),
    survival: new Float64Array(table.length),
    greenwood: new Float64Array(table.length),
  };
  let { atRisk } = table;
  let survival = 1;
  let greenwood = 0;
  for (let index = 0; index < table.length; index += 1) {
    const events = table.events[index] ?? 0;
    if (events > 0) {
      survival *= 1 - events / atRisk;
      if (atRisk > events) greenwood += events / (atRisk * (atRisk - events));
      steps.at[steps.length] = index;
      steps.atRisk[steps.length] = atRisk;
      steps.survival[steps.length] = survival;
      steps.greenwood[steps.length] = greenwood;
      steps.length += 1;
    }
    atRisk -= table.all[index] ?? 0;
  }
  return steps;
}

function stepWithLimits(table: TimeTable, steps: BareSteps, index: number): SurvivalStep {
  const at = steps.at[index] ?? 0;
  const survival = steps.survival[index] ?? 1;
  const greenwood = steps.greenwood[index] ?? 0;
  return {
    time: table.times[at] ?? 0,
    atRisk: steps.atRisk[index] ?? 0,
    events: table.events[at] ?? 0,
    survival,
    variance: survival * survival * greenwood,
    ...logLogLimits(survival, greenwood),
  };
}

/** Observations by the time at which they end. */
export function timeTable(observations: readonly SurvivalObservation[]): TimeTable {
  const byTime = new Map<number, { events: number; all: number }>();
  let atRisk = 0;
  for (const { time, event, count = 1 } of observations) {
    const tally = byTime.get(time) ?? { events: 0, all: 0 };
    tally.events += event ? count : 0;
    tally.all += count;
    byTime.set(time, tally);
    atRisk += count;
  }
  const times = Float64Array.from(byTime.keys()).sort();
  return {
    length: times.length,
    times,
    events: Float64Array.from(times, (time) => byTime.get(time)?.events ?? 0),
    all: Float64Array.from(times, (time) => byTime.get(time)?.all ?? 0),
    atRisk,
  };
}

/**
 * Kaplan–Meier estimate, one step per distinct event time, ascending; events come before censorings at ties
 * (metrics.md Appendix A).
 */
export function kaplanMeier(observations: readonly SurvivalObservation[]): SurvivalStep[] {
  return kaplanMeierAt(timeTable(observations), [], Number.POSITIVE_INFINITY);
}

/**
 * The same estimate; where it has more steps than `most`, only the one in force at each of these times, said of that
 * time, where it is a new one.
 * @param times ascending
 */
export function kaplanMeierAt(table: TimeTable, times: readonly number[], most: number): SurvivalStep[] {
  const all = bareSteps(table);
  if (all.length <= most) return Array.from({ length: all.length }, (_, index) => stepWithLimits(table, all, index));
  const steps: SurvivalStep[] = [];
  let next = 0;
  for (const time of times) {
    const first = next;
    while (next < all.length && (table.times[all.at[next] ?? 0] ?? 0) <= time) next += 1;
    if (next > first) steps.push({ ...stepWithLimits(table, all, next - 1), time });
  }
  return steps;
}

/** The last step at or before a time, or null while nothing has happened yet (S = 1). */
export function stepAt(steps: readonly SurvivalStep[], time: number): SurvivalStep | null {
  let lo = 0;
  let hi = steps.length;
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    const step = steps[middle];
    if (step !== undefined && step.time <= time) lo = middle + 1;
    else hi = middle;
  }
  return steps[lo - 1] ?? null;
}

/** One half, and what products of fractions that make one half may come out at. */
const HALF = 0.5 + 1e-12;

/** Smallest time with S(t) ≤ 0.5, or null when the curve never falls that far; the same of its limits. */
export function medianSurvival(
  steps: readonly SurvivalStep[],
  of: "survival" | "lo" | "hi" = "survival",
): number | null {
  return steps.find((step) => step[of] <= HALF)?.time ?? null;
}
