import type { Scope } from "@/lib/auth/scope";
import { DAY_SECONDS, HOUR_SECONDS } from "@/lib/core/dimensions";
import { openFacts } from "./columns/store";
import { MISSING, type PullRequestTable } from "./columns/table";
import { coverageOf } from "./coverage";
import { rowGroups } from "./groups";
import { resolvePeriod, resolveTimeZone } from "./period";
import { assertGroupable } from "./query";
import { visitCohort } from "./scan/cohort-rows";
import { DimensionLabels, GroupSpace } from "./scan/group-space";
import { type CohortQuery, withoutEmpty } from "./schema";
import { selectPullRequests } from "./selection";
import { kaplanMeierAt, type SurvivalObservation } from "./statistics/kaplan-meier";
import { percentileCont } from "./statistics/percentile";
import type { Group, RollbackCurve, RollbackCurves } from "./types";

const HORIZON_SECONDS = 30 * DAY_SECONDS;
/** Beyond this many steps the curve is given at whole hours, which no screen can tell apart. */
const MAX_STEPS = 200;
/** Values needed for a median, and for the outer percentiles (metrics.md G10). */
const ENOUGH_FOR_MEDIAN = 6;
const ENOUGH_FOR_PERCENTILES = 20;

const WHOLE_HOURS = Array.from({ length: HORIZON_SECONDS / HOUR_SECONDS }, (_, index) => (index + 1) * HOUR_SECONDS);

function pointsOf(observations: readonly SurvivalObservation[], n: number): RollbackCurve["points"] {
  const start = { hours: 0, share: 0, lo: 0, hi: 0, atRisk: n };
  const steps = kaplanMeierAt(observations, WHOLE_HOURS, MAX_STEPS);
  const points = steps.map(({ atRisk, hi, lo, survival, time }) => ({
    hours: time / HOUR_SECONDS,
    share: 1 - survival,
    lo: 1 - hi,
    hi: 1 - lo,
    atRisk,
  }));
  return [start, ...points];
}

function curveOf(group: Group, observations: readonly SurvivalObservation[]): RollbackCurve {
  const events = observations.filter(({ event }) => event);
  const hours = events.flatMap(({ time, count = 1 }) => Array.from({ length: count }, () => time / HOUR_SECONDS));
  const [p50 = null, p75 = null, p90 = null] = percentileCont(hours, [0.5, 0.75, 0.9]) ?? [];
  const n = observations.reduce((sum, { count = 1 }) => sum + count, 0);
  return {
    group,
    n,
    k: hours.length,
    points: pointsOf(observations, n),
    p50: hours.length >= ENOUGH_FOR_MEDIAN ? p50 : null,
    p75: hours.length >= ENOUGH_FOR_PERCENTILES ? p75 : null,
    p90: hours.length >= ENOUGH_FOR_PERCENTILES ? p90 : null,
  };
}

/** Observations of one group: equal ones together, as nearly all end at the horizon. */
class Observations {
  private readonly counts = new Map<number, number>();
  /** Watched to the horizon without a rollback: most of them, which must not cost a look-up each. */
  private stayed = 0;

  /** @param time seconds; rolled back at that time, or watched that long without it */
  add(time: number, event: boolean): void {
    if (time === HORIZON_SECONDS && !event) {
      this.stayed += 1;
      return;
    }
    // One number holds both: time is never negative, and its sign says what happened.
    const key = event ? -1 - time : time;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  list(): SurvivalObservation[] {
    const list = [...this.counts].map(
      ([key, count]): SurvivalObservation =>
        key < 0 ? { time: -1 - key, event: true, count } : { time: key, event: false, count },
    );
    if (this.stayed > 0) list.push({ time: HORIZON_SECONDS, event: false, count: this.stayed });
    return list;
  }
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
  const observations: Observations[] = [];
  const groupsOf = rowGroupReader(tables, space);
  visitCohort(tables, selection, period, groupBy.includes("authorKind"), (table, row, watched) => {
    if (watched < 0) return;
    const time = Math.min(watched, HORIZON_SECONDS);
    const seconds = table.rollbackSeconds[row] as number;
    const event = seconds !== MISSING && seconds <= time;
    for (const group of groupsOf(table, row)) {
      let own = observations[group];
      if (own === undefined) {
        own = new Observations();
        observations[group] = own;
      }
      own.add(event ? seconds : time, event);
    }
  });
  const seen = [...observations.keys()].filter((code) => observations[code] !== undefined);
  return {
    asOf: coverageOf(selection.repos)?.allTo.toISOString() ?? null,
    curves: rowGroups(space, seen, filters).map((code) =>
      curveOf(space.groupOf(code), observations[code]?.list() ?? []),
    ),
  };
}

/**
 * Reads the groups of a row. One dimension at most is grouped by, so at most one of the three dictionaries says
 * something, and each of its entries is asked once.
 */
function rowGroupReader(tables: readonly PullRequestTable[], space: GroupSpace) {
  const [by] = space.groupBy;
  const axis = by === "org" || by === "repo" ? "repo" : by === "team" ? "team" : "profile";
  const groups = new Map(
    tables.map((table) => {
      if (axis === "repo") return [table, table.repos.map((id) => space.ofRepo(table.orgId, id))];
      if (axis === "team") return [table, table.teams.map((id) => space.ofTeam(id))];
      return [table, table.profiles.map((profile) => space.ofProfile(profile))];
    }),
  );
  return (table: PullRequestTable, row: number): readonly number[] =>
    groups.get(table)?.[table[axis][row] as number] ?? [];
}
