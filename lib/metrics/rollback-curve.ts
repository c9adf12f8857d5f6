import type { Scope } from "@/lib/auth/scope";
import { DAY_SECONDS, HOUR_SECONDS } from "@/lib/core/dimensions";
import { query as run } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type CellKeys, keyColumns } from "./cell-keys";
import { assertGroupable, cohortSource } from "./cohort";
import { coverageOf } from "./coverage";
import { loadDirectory } from "./directory";
import { createGroupReader, type Group, groupKey, groupsOf, rowGroups } from "./groups";
import { resolvePeriod, resolveTimeZone } from "./period";
import { type CohortQuery, withoutEmpty } from "./schema";
import { selectPullRequests } from "./selection";
import { withSnapshot } from "./snapshot";
import { kaplanMeier, type SurvivalObservation, type SurvivalStep, stepAt } from "./statistics/kaplan-meier";
import { percentileCont } from "./statistics/percentile";
import type { RollbackCurve, RollbackCurves } from "./types";

const HORIZON_SECONDS = 30 * DAY_SECONDS;
/** Beyond this many steps the curve is given at whole hours, which no screen can tell apart. */
const MAX_STEPS = 200;
/** Values needed for a median, and for the outer percentiles (metrics.md G10). */
const ENOUGH_FOR_MEDIAN = 6;
const ENOUGH_FOR_PERCENTILES = 20;

type CurveRow = CellKeys & { seconds: number; event: boolean; count: number };

function pointsOf(steps: readonly SurvivalStep[], n: number): RollbackCurve["points"] {
  const start = { hours: 0, share: 0, lo: 0, hi: 0, atRisk: n };
  const point = ({ survival, lo, hi, atRisk }: SurvivalStep, hours: number) => ({
    hours,
    share: 1 - survival,
    lo: 1 - hi,
    hi: 1 - lo,
    atRisk,
  });
  if (steps.length <= MAX_STEPS) return [start, ...steps.map((step) => point(step, step.time / HOUR_SECONDS))];
  const points = [start];
  let last: SurvivalStep | null = null;
  for (let hours = 1; hours <= HORIZON_SECONDS / HOUR_SECONDS; hours += 1) {
    const step = stepAt(steps, hours * HOUR_SECONDS);
    if (step !== null && step !== last) points.push(point(step, hours));
    last = step;
  }
  return points;
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
    points: pointsOf(kaplanMeier(observations), n),
    p50: hours.length >= ENOUGH_FOR_MEDIAN ? p50 : null,
    p75: hours.length >= ENOUGH_FOR_PERCENTILES ? p75 : null,
    p90: hours.length >= ENOUGH_FOR_PERCENTILES ? p90 : null,
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
  return withSnapshot(async (client) => {
    const directory = await loadDirectory(scope, client);
    const selection = selectPullRequests(directory, filters);
    const period = await resolvePeriod(client, query, await resolveTimeZone(client, query.timeZone, selection.orgs));
    const source = cohortSource(selection, period, { byKind: groupBy.includes("authorKind"), window: 0 });
    const keys = keyColumns(groupBy);
    // Watched until the watermark less the settle hour; nearly all end at the horizon and so fall into few groups.
    const watched = sql`least(extract(epoch from r.m0 - f.merged_at), ${HORIZON_SECONDS})::float8`;
    const event = sql`coalesce(f.rollback_seconds <= ${watched}, false)`;
    const rows = await run<CurveRow>(
      sql`select ${sql.join([...keys.selected, sql`case when ${event} then f.rollback_seconds else ${watched} end as seconds`, sql`${event} as event`, sql`count(*) as count`])}
        ${source} and f.merged_at <= r.m0
        group by ${sql.join([...keys.grouped, sql`seconds`, sql`event`])}`,
      client,
    );
    const read = createGroupReader(directory);
    const observations = new Map<string, SurvivalObservation[]>();
    const seen: Group[] = [];
    for (const { seconds, event: rolledBack, count, ...cell } of rows) {
      for (const group of groupsOf(cell, groupBy, read)) {
        const key = groupKey(group, groupBy);
        const list = observations.get(key) ?? [];
        list.push({ time: seconds, event: rolledBack, count });
        if (!observations.has(key)) seen.push(group);
        observations.set(key, list);
      }
    }
    return {
      asOf: coverageOf(selection.repos)?.allTo.toISOString() ?? null,
      curves: rowGroups(seen, groupBy, filters).map((group) =>
        curveOf(group, observations.get(groupKey(group, groupBy)) ?? []),
      ),
    };
  });
}
