import { addDays, dayOf } from "@/lib/core/zoned-time";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { MEASURES } from "./agents/agent";
import { LATEST_DAYS } from "./take-telemetry";

/** Sessions that are added up in one transaction. */
const PORTION = 50;

/**
 * Days before today that are added up and posted anew: somewhat more than telemetry may be late, since days of calendars differ. What is
 * older stays as it is.
 */
export const OPEN_DAYS = LATEST_DAYS + 5;

const code = (measure: (typeof MEASURES)[number]): number => MEASURES.indexOf(measure);

/** What counters of these sessions say, each step by itself. */
const STEPS = sql`select s.org_id, s.id as session_id, c.model, c.measure,
    (to_timestamp(p.time_nano / 1000000000) at time zone s.time_zone)::date as day,
    -- What began anew, or fell, counts from nothing.
    case when c.cumulative and p.value >= lag(p.value) over one_counter then p.value - lag(p.value) over one_counter
      else p.value end as amount
  from wanted s join telemetry_series c on c.session_id = s.id join telemetry_point p on p.series_id = c.id
  -- Calls tell the same, and more exactly: no two are ever added up.
  where not exists (select from telemetry_request r where r.session_id = s.id)
  window one_counter as (partition by p.series_id, p.start_nano order by p.time_nano)`;

/** Where counters name no session, they do not count on days on which the same producer told calls. */
const TOLD_AS_CALLS = sql`exists (
  select from wanted s join telemetry_session o on o.org_id = s.org_id and o.agent = s.agent and o.producer = s.producer
    join telemetry_request r on r.session_id = o.id
  where s.id = n.session_id and s.name is null and (r.at at time zone s.time_zone)::date = n.day)`;

async function addUpPortion(firstDayOf: (timeZone: string) => string): Promise<number> {
  return withTransaction(async (client) => {
    const sessions = await query<{ id: string; timeZone: string }>(
      sql`select s.id, o.time_zone as "timeZone" from telemetry_session s join organization o on o.id = s.org_id
        where s.pending order by s.id limit ${PORTION} for update of s skip locked`,
      client,
    );
    if (sessions.length === 0) return 0;
    const ids = sessions.map(({ id }) => id);
    const firsts = sessions.map(({ timeZone }) => firstDayOf(timeZone));
    const wanted = sql`wanted as (
      select s.id, s.org_id, s.agent, s.name, s.producer, o.time_zone, w.first_day
      from unnest(${ids}::bigint[], ${firsts}::date[]) as w (id, first_day)
        join telemetry_session s on s.id = w.id join organization o on o.id = s.org_id)`;
    await execute(
      sql`with ${wanted} delete from telemetry_usage u using wanted s where u.session_id = s.id and u.day >= s.first_day`,
      client,
    );
    await execute(
      sql`with ${wanted}, called as (
          select s.org_id, (r.at at time zone s.time_zone)::date as day, s.id as session_id, r.model, sum(r.cost) as cost,
            coalesce(sum(r.input), 0) as input, coalesce(sum(r.output), 0) as output,
            coalesce(sum(r.cache_read), 0) as cache_read, coalesce(sum(r.cache_write), 0) as cache_write
          from wanted s join telemetry_request r on r.session_id = s.id
          group by 1, 2, 3, 4
        ), counted as (
          select n.org_id, n.day, n.session_id, n.model, sum(n.amount) filter (where n.measure = ${code("cost")}) as cost,
            greatest(coalesce(sum(n.amount) filter (where n.measure = ${code("input")}), 0)
              - coalesce(sum(n.amount) filter (where n.measure = ${code("cachedInput")}), 0), 0) as input,
            coalesce(sum(n.amount) filter (where n.measure = ${code("output")}), 0) as output,
            coalesce(sum(n.amount) filter (where n.measure in (${code("cacheRead")}, ${code("cachedInput")})), 0) as cache_read,
            coalesce(sum(n.amount) filter (where n.measure = ${code("cacheWrite")}), 0) as cache_write
          from (${STEPS}) n where not ${TOLD_AS_CALLS}
          group by 1, 2, 3, 4
        )
        insert into telemetry_usage (org_id, day, session_id, model, cost, input, output, cache_read, cache_write)
        select u.* from (select * from called union all select * from counted) u
          join wanted s on s.id = u.session_id and u.day >= s.first_day`,
      client,
    );
    await execute(sql`update telemetry_session set pending = false where id = any(${ids}::bigint[])`, client);
    return sessions.length;
  });
}

/**
 * Adds up what sessions used of which something new was told, by day and model. Costs stay exact; of what came twice, late or in
 * another order the sums are the same.
 * @returns how many sessions
 */
export async function addUpUsage(now = new Date()): Promise<number> {
  const days = new Map<string, string>();
  const firstDayOf = (timeZone: string): string => {
    const day = days.get(timeZone) ?? firstOpenDay(now, timeZone);
    days.set(timeZone, day);
    return day;
  };
  for (let done = 0; ; ) {
    const count = await addUpPortion(firstDayOf);
    done += count;
    if (count === 0) return done;
  }
}

/** The first day that is still added up and posted anew. */
export function firstOpenDay(now: Date, timeZone: string): string {
  return addDays(dayOf(now, timeZone), -OPEN_DAYS);
}
