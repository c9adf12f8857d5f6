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

/** A step before its limits are worked out, which takes longer than the step itself. */
interface BareStep {
  time: number;
  atRisk: number;
  events: number;
  survival: number;
  greenwood: number;
}

function bareSteps(observations: readonly SurvivalObservation[]): BareStep[] {
  const times = new Map<number, { events: number; all: number }>();
  let atRisk = 0;
  for (const { time, event, count = 1 } of observations) {
    const tally = times.get(time) ?? { events: 0, all: 0 };
    tally.events += event ? count : 0;
    tally.all += count;
    times.set(time, tally);
    atRisk += count;
  }
  const steps: BareStep[] = [];
  let survival = 1;
  let greenwood = 0;
  for (const time of Float64Array.from(times.keys()).sort()) {
    const { events, all } = times.get(time) ?? { events: 0, all: 0 };
    if (events > 0) {
      survival *= 1 - events / atRisk;
      if (atRisk > events) greenwood += events / (atRisk * (atRisk - events));
      steps.push({ time, atRisk, events, survival, greenwood });
    }
    atRisk -= all;
  }
  return steps;
}

function withLimits({ greenwood, ...step }: BareStep): SurvivalStep {
  const variance = step.survival * step.survival * greenwood;
  return { ...step, variance, ...logLogLimits(step.survival, greenwood) };
}

/**
 * Kaplan–Meier estimate, one step per distinct event time, ascending; events come before censorings at ties
 * (metrics.md Appendix A).
 */
export function kaplanMeier(observations: readonly SurvivalObservation[]): SurvivalStep[] {
  return bareSteps(observations).map(withLimits);
}

/**
 * The same estimate; where it has more steps than `most`, only the one in force at each of these times, said of that
 * time, where it is a new one.
 * @param times ascending
 */
export function kaplanMeierAt(
  observations: readonly SurvivalObservation[],
  times: readonly number[],
  most: number,
): SurvivalStep[] {
  const all = bareSteps(observations);
  if (all.length <= most) return all.map(withLimits);
  const steps: SurvivalStep[] = [];
  let next = 0;
  for (const time of times) {
    const first = next;
    while ((all[next]?.time ?? Number.POSITIVE_INFINITY) <= time) next += 1;
    const step = all[next - 1];
    if (next > first && step !== undefined) steps.push({ ...withLimits(step), time });
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

/** Smallest time with S(t) ≤ 0.5, or null when the curve never falls that far. */
export function medianSurvival(steps: readonly SurvivalStep[]): number | null {
  return steps.find((step) => step.survival <= 0.5)?.time ?? null;
}
