import { AGENTS } from "@/lib/attribution/agents";
import { SESSION_TOLD_CODE } from "@/lib/core/dimensions";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

/** Days after which a session is not looked at any more: what it worked on is merged by then, or will hardly be. */
const LINKED_DAYS = 45;

/**
 * How it is known that a session worked on a pull request, the surest first. Whoever ran the agent says so, it made a commit of it, or
 * a trailer of one names the session; it worked on its branch before it was merged; or an agent's only pull request has
 * a commit from the time of the session.
 */
const WAYS = sql`(values ('run', 1, 'certain'), ('commit', 1, 'certain'), ('trailer', 2, 'strong'), ('branch', 3, 'strong'),
  ('time', 4, 'weak')) as w (how, rank, confidence)`;

/** Numbers of repositories by what sessions tell of them: `owner/name`, or a name. */
async function repositoriesOf(
  client: PoolClient,
  orgId: number,
  since: string,
): Promise<{ told: string[]; ids: number[] }> {
  const told = await query<{ repository: string }>(
    sql`select distinct repository from telemetry_session
      where org_id = ${orgId} and last_at >= ${since}::timestamptz and repository is not null`,
    client,
  );
  const repositories = await query<{ id: number; name: string }>(
    sql`select id, lower(name) as name from repository where org_id = ${orgId} order by id`,
    client,
  );
  const byName = new Map(repositories.map(({ id, name }) => [name, id]));
  const found = told.flatMap(({ repository }) => {
    const id = byName.get(repository.slice(repository.indexOf("/") + 1).toLowerCase());
    return id === undefined ? [] : [{ repository, id }];
  });
  return { told: found.map(({ repository }) => repository), ids: found.map(({ id }) => id) };
}

const AGENT_KEYS = AGENTS.map(({ key }) => key);
const AGENT_BITS = AGENTS.map(({ code }) => String(1n << BigInt(code)));

async function linkSessionsOf(orgId: number, now: Date): Promise<number> {
  const since = new Date(now.getTime() - LINKED_DAYS * 86_400_000).toISOString();
  return withTransaction(async (client) => {
    await query(sql`select pg_advisory_xact_lock(hashtextextended('telemetry_link', ${orgId}::bigint))`, client);
    const { ids, told } = await repositoriesOf(client, orgId, since);
    await execute(
      sql`create temporary table found_link on commit drop as
        with s as materialized (
          select s.id, s.name, s.branch, s.first_at, s.last_at, r.repo_id, a.bit
          from telemetry_session s
            left join unnest(${told}::text[], ${ids}::integer[]) as r (repository, repo_id) on r.repository = s.repository
            left join unnest(${AGENT_KEYS}::text[], ${AGENT_BITS}::bigint[]) as a (key, bit) on a.key = s.agent
          where s.org_id = ${orgId} and s.last_at >= ${since}::timestamptz
        ), named as (
          select s.id, f.repo_id, f.number, case f.how when ${SESSION_TOLD_CODE.run} then 'run' else 'trailer' end as how
          from s join fact_agent_session f on f.org_id = ${orgId} and f.session = s.name
            join fact_pull_request p on p.org_id = f.org_id and p.repo_id = f.repo_id and p.number = f.number
        ), committed as (
          select s.id, p.repo_id, p.number, 'commit' as how
          from s join telemetry_commit c on c.session_id = s.id
            join fact_pull_request p on p.org_id = ${orgId} and p.merged_at between c.at - interval '1 day' and c.at + interval '45 days'
              and p.repo_id = coalesce(s.repo_id, p.repo_id)
            join fact_commit f on f.org_id = p.org_id and f.repo_id = p.repo_id and f.number = p.number
              and f.id = md5(p.number || ':' || c.sha)::uuid
        ), branched as (
          select s.id, s.repo_id, d.number, 'branch' as how
          from s cross join lateral (
            select d.number from fact_pull_request_detail d
            where d.org_id = ${orgId} and d.repo_id = s.repo_id and d.head_ref = s.branch
              and d.merged_at >= s.first_at
            order by d.merged_at, d.number limit 1
          ) d
          where s.repo_id is not null and s.branch is not null
        ), meanwhile as (
          select s.id, s.repo_id, min(p.number) as number, 'time' as how
          from s join fact_pull_request p on p.org_id = ${orgId} and p.repo_id = s.repo_id and p.agent_mask & s.bit <> 0
            and p.merged_at between s.first_at and s.last_at + interval '45 days'
          where exists (select from fact_commit f where f.org_id = p.org_id and f.repo_id = p.repo_id and f.number = p.number
            and not f.is_merge and f.authored_at between s.first_at - interval '1 minute' and s.last_at + interval '10 minutes')
          group by s.id, s.repo_id having count(*) = 1
        ), ways as (
          select id, repo_id, number, how from named union select * from committed union select * from branched
          union select * from meanwhile
        ), ranked as (
          select f.id as session_id, f.repo_id, f.number, w.confidence, f.how, w.rank,
            min(w.rank) over (partition by f.id) as best
          from ways f join ${WAYS} on w.how = f.how
        )
        select distinct on (session_id, repo_id, number) session_id, repo_id, number, confidence, how
        from ranked where rank = best order by session_id, repo_id, number, how`,
      client,
    );
    const gone = await execute(
      sql`delete from telemetry_link l using telemetry_session s
        where s.id = l.session_id and s.org_id = ${orgId} and s.last_at >= ${since}::timestamptz
          and not exists (select from found_link f where f.session_id = l.session_id and f.repo_id = l.repo_id
            and f.number = l.number)`,
      client,
    );
    const changed = await execute(
      sql`insert into telemetry_link as l (org_id, session_id, repo_id, number, confidence, how)
        select ${orgId}, session_id, repo_id, number, confidence, how from found_link
        on conflict (session_id, repo_id, number) do update set confidence = excluded.confidence, how = excluded.how
        where (l.confidence, l.how) <> (excluded.confidence, excluded.how)`,
      client,
    );
    await execute(sql`drop table found_link`, client);
    return gone + changed;
  });
}

/**
 * Finds the merged pull requests that sessions of the last weeks worked on, whichever was known first. A session that worked on several
 * is linked to each of them.
 * @returns how many links are new, other or gone
 */
export async function linkSessions(now = new Date()): Promise<number> {
  const orgs = await query<{ orgId: number }>(
    sql`select id as "orgId" from organization o
      where exists (select from telemetry_session s where s.org_id = o.id) order by id`,
  );
  let changed = 0;
  for (const { orgId } of orgs) changed += await linkSessionsOf(orgId, now);
  return changed;
}
