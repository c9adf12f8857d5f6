import { kaplanMeierAt, medianSurvival, type TimeTable } from "./kaplan-meier";
import type { PercentileEstimate } from "./percentile-estimate";
import { sortWholeNumbers } from "./sort-whole-numbers";

/** Observations by the time at which they end, from twice the time, and 1 more for one that is censored, ascending. */
function timeTableOf(steps: Int32Array): TimeTable {
  const times: number[] = [];
  const events: number[] = [];
  const all: number[] = [];
  for (const step of steps) {
    const time = step >> 1;
    const isEvent = 1 - (step & 1);
    const last = times.length - 1;
    if (times[last] === time) {
      events[last] = (events[last] ?? 0) + isEvent;
      all[last] = (all[last] ?? 0) + 1;
    } else {
      times.push(time);
      events.push(isEvent);
      all.push(1);
    }
  }
  return { length: times.length, times, events, all, atRisk: steps.length };
}

/**
 * The smallest time at which the Kaplan–Meier estimate is at most one half, with the 95 % limits at which its log–log band
 * is (metrics.md 2.2, Appendix A); null where it never falls that far.
 * @param steps twice the seconds of each observation, and 1 more for one that is censored; sorted in place
 */
export function survivalMedian(steps: Int32Array): PercentileEstimate | null {
  sortWholeNumbers(steps, steps.length);
  const estimate = kaplanMeierAt(timeTableOf(steps), [], Number.POSITIVE_INFINITY);
  const value = medianSurvival(estimate);
  if (value === null) return null;
  const [lo, hi] = [medianSurvival(estimate, "lo"), medianSurvival(estimate, "hi")];
  return lo === null || hi === null ? { value, lo: null, hi: null } : { value, lo, hi };
}
