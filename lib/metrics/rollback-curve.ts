import type { Scope } from "@/lib/auth/scope";
import { HOUR_SECONDS } from "@/lib/core/dimensions";
import { openFacts } from "./columns/store";
import { coverageOf } from "./coverage";
import { rowGroups } from "./groups";
import { resolvePeriod, resolveTimeZone } from "./period";
import { assertGroupable } from "./query";
import { cohortTimes, GroupTimes, HORIZON_SECONDS } from "./scan/cohort-times";
import { DimensionLabels, GroupSpace } from "./scan/group-space";
import { type CohortQuery, withoutEmpty } from "./schema";
import { selectPullRequests } from "./selection";
import { kaplanMeierAt, type TimeTable } from "./statistics/kaplan-meier";
import { percentilesOfSorted } from "./statistics/percentile";
import type { Group, RollbackCurve, RollbackCurves } from "./types";

/** Beyond this many steps the curve is given at whole hours, which no screen can tell apart. */
const MAX_STEPS = 200;
/** Values needed for a median, and for the outer percentiles (metrics.md G10). */
const ENOUGH_FOR_MEDIAN = 6;
const ENOUGH_FOR_PERCENTILES = 20;

const WHOLE_HOURS = Array.from({ length: HORIZON_SECONDS / HOUR_SECONDS }, (_, index) => (index + 1) * HOUR_SECONDS);

/** Times of a group that are equal, together. */
function timeTableOf({ keys, length, stayed }: GroupTimes): TimeTable {
  const times = new Int32Array(length);
  const events = new Int32Array(length);
  const all = new Int32Array(length);
  let last = -1;
  for (let index = 0; index < length; index += 1) {
    const key = keys[index] as number;
    const time = key >> 1;
    if (last < 0 || times[last] !== time) {
      last += 1;
      times[last] = time;
    }
    all[last] = (all[last] as number) + 1;
    events[last] = (events[last] as number) + 1 - (key & 1);
  }
  return { length: last + 1, times, events, all, atRisk: length + stayed };
}

function pointsOf(table: TimeTable): RollbackCurve["points"] {
  const start = { hours: 0, share: 0, lo: 0, hi: 0, atRisk: table.atRisk };
  const points = kaplanMeierAt(table, WHOLE_HOURS, MAX_STEPS).map(({ atRisk, hi, lo, survival, time }) => ({
    hours: time / HOUR_SECONDS,
    share: 1 - survival,
    lo: 1 - hi,
    hi: 1 - lo,
    atRisk,
  }));
  return [start, ...points];
}

function curveOf(group: Group, times: GroupTimes): RollbackCurve {
  const { keys, length } = times;
  const hours = new Float64Array(length);
  let k = 0;
  for (let index = 0; index < length; index += 1) {
    const key = keys[index] as number;
    if ((key & 1) === 1) continue;
    hours[k] = (key >> 1) / HOUR_SECONDS;
    k += 1;
  }
  const [p50 = null, p75 = null, p90 = null] = percentilesOfSorted(hours.subarray(0, k), [0.5, 0.75, 0.9]) ?? [];
  const table = timeTableOf(times);
  return {
    group,
    n: table.atRisk,
    k,
    points: pointsOf(table),
    p50: k >= ENOUGH_FOR_MEDIAN ? p50 : null,
    p75: k >= ENOUGH_FOR_PERCENTILES ? p75 : null,
    p90: k >= ENOUGH_FOR_PERCENTILES ? p90 : null,
  };
}

/**
 * Share rolled back by hours since the merge, up to 30 days: 1 − Kaplan–Meier with a log–log band over every pull
 * request, also the young ones, for as long as each has been watched (metrics.md 2.5).
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered.
 */
export async function runRollbackCurve(scope: Scope, query: CohortQuery): Promise<RollbackCurves> {
  const { groupBy } = query;
  const filters = withoutEmpty(query.filters);
  assertGroupable(groupBy);
  const view = await openFacts(scope);
  const selection = selectPullRequests(view.directory, filters);
  const period = resolvePeriod(query, resolveTimeZone(query.timeZone, selection.orgs));
  const tables = selection.orgs.flatMap(({ id }) => view.table(id) ?? []);
  const space = new GroupSpace(groupBy, new DimensionLabels(view.directory));
  const times = cohortTimes(tables, selection, period, space);
  return {
    asOf: coverageOf(selection.repos)?.allTo.toISOString() ?? null,
    curves: rowGroups(space, [...times.keys()], filters).map((code) =>
      curveOf(space.groupOf(code), times.get(code) ?? new GroupTimes()),
    ),
  };
}
