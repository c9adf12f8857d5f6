import type { Scope } from "@/lib/auth/scope";
import { addDays, dayOf } from "@/lib/core/zoned-time";
import { query } from "@/lib/db/query";
import { getReadPool } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { openFacts } from "@/lib/metrics/columns/store";
import { resolvePeriod, resolveTimeZone } from "@/lib/metrics/period";
import { selectPullRequests } from "@/lib/metrics/selection";
import { seesMoney } from "./cost-days";
import type { MoneyQuery } from "./schema";
import type { AgentUse } from "./types";

/**
 * What agents told of their use in a period, by agent and model, and how much of it is known to belong to merged pull requests. In US
 * dollars, as agents price their own tokens; days are those of the organisation. Empty for whoever sees no money.
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export async function readAgentUse(scope: Scope, asked: MoneyQuery): Promise<AgentUse> {
  const { directory } = await openFacts(scope);
  const { orgs } = selectPullRequests(directory, asked.filters);
  const timeZone = resolveTimeZone(asked.timeZone, orgs);
  const { from, to } = resolvePeriod(asked, timeZone);
  const [first, last] = [dayOf(from, timeZone), addDays(dayOf(new Date(to.getTime() - 1), timeZone), 1)];
  const orgIds = seesMoney(scope) ? orgs.map(({ id }) => id) : [];
  const teams = asked.filters.team ?? null;
  const used = sql`select u.*, s.agent, s.subscription, s.last_at
    from telemetry_usage u join telemetry_session s on s.id = u.session_id
    where u.org_id = any(${orgIds}::integer[]) and u.day >= ${first}::date and u.day < ${last}::date
      and (${teams}::text[] is null or exists (select from team t
        where t.org_id = s.org_id and t.slug = any(${teams}::text[]) and lower(s.team) in (t.slug, lower(t.name))))`;
  const items = await query<AgentUse["items"][number]>(
    sql`select agent, model, count(distinct session_id)::integer as sessions, trim_scale(sum(cost))::text as "costUsd",
        trim_scale(coalesce(sum(cost) filter (where subscription), 0))::text as "subscriptionUsd",
        sum(input)::double precision as input, sum(output)::double precision as output,
        sum(cache_read + cache_write)::double precision as cached
      from (${used}) u group by agent, model order by sum(cost) desc nulls last, agent, model`,
    getReadPool(),
  );
  const linked = await query<AgentUse["linked"][number]>(
    sql`with cost as (select session_id, sum(cost) as cost from (${used}) u group by session_id)
      select coalesce(l.confidence, 'none') as confidence, count(distinct c.session_id)::integer as sessions,
        trim_scale(coalesce(sum(c.cost), 0))::text as "costUsd"
      from cost c left join lateral (
        select min(l.confidence) as confidence from telemetry_link l where l.session_id = c.session_id
      ) l on true
      group by coalesce(l.confidence, 'none')`,
    getReadPool(),
  );
  const [merged] = await query<{ count: number }>(
    sql`select count(distinct (l.repo_id, l.number))::integer as count
      from telemetry_link l where l.session_id in (select session_id from (${used}) u) and l.confidence in ('certain', 'strong')`,
    getReadPool(),
  );
  const [heard] = await query<{ at: Date | null }>(
    sql`select max(last_at) as at from telemetry_session where org_id = any(${orgIds}::integer[])`,
    getReadPool(),
  );
  return { items, linked, pullRequests: merged?.count ?? 0, lastAt: heard?.at?.toISOString() ?? null };
}
