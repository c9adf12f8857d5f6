import { ENTITIES, type Entity } from "@/lib/connections/entities";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** How far the reading of one kind of thing is in one repository. */
export interface SyncState {
  orgId: number;
  connectionId: number;
  repoId: number;
  /** Our name of the repository, and GitHub's of it and its owner. */
  repo: string;
  fullName: string;
  nodeId: string;
  entity: Entity;
  /** Where the walk under way stands; null between walks. */
  cursor: unknown;
  watermark: Date | null;
  completeFrom: Date | null;
  pageSize: number;
  attempts: number;
}

/** Pages begin with so many; answers decide what becomes of it. */
export const FIRST_PAGE = 25;

/** Makes sure that everything of every selected repository is read. */
export async function ensureSyncStates(client: PoolClient, connectionId: number, now: Date): Promise<void> {
  const entities = ENTITIES.filter((entity) => !entity.startsWith("older_"));
  await execute(
    sql`insert into sync_state (org_id, connection_id, repo_id, entity, state, page_size, next_try_at)
      select g.org_id, g.connection_id, g.repo_id, e.entity, 'idle', ${FIRST_PAGE}, ${now}
      from github_repository g cross join unnest(${entities}::text[]) as e(entity)
      where g.connection_id = ${connectionId} and g.selected and g.gone_at is null
      on conflict do nothing`,
    client,
  );
}

/**
 * Begins again further back where more history is wanted than was read: whoever connects an account again may want all
 * of it. What is under way goes to where it was sent first.
 */
export async function readFurtherBack(client: PoolClient, connectionId: number, depth: Date, now: Date): Promise<void> {
  await execute(
    sql`insert into sync_state (org_id, connection_id, repo_id, entity, state, page_size, next_try_at)
      select s.org_id, s.connection_id, s.repo_id, 'older_' || s.entity, 'idle', ${FIRST_PAGE}, ${now}
      from sync_state s left join sync_state o on o.org_id = s.org_id and o.connection_id = s.connection_id
        and o.repo_id = s.repo_id and o.entity = 'older_' || s.entity
      where s.connection_id = ${connectionId} and s.entity in ('pull_requests', 'history')
        and s.watermark is not null and coalesce(o.complete_from, s.complete_from) > ${depth}
        and (o.entity is null or (o.cursor is null and o.watermark is not null))
      on conflict (org_id, connection_id, repo_id, entity) do update
        set watermark = null, state = 'idle', next_try_at = excluded.next_try_at`,
    client,
  );
  await execute(
    sql`update sync_state set watermark = null, next_try_at = ${now}
      where connection_id = ${connectionId} and cursor is null
        and entity in ('deployments', 'ci_runs', 'checks', 'review_comments', 'issues', 'releases')
        and watermark is not null and complete_from > ${depth}`,
    client,
  );
}

const COLUMNS = sql`s.org_id as "orgId", s.connection_id as "connectionId", s.repo_id as "repoId", r.name as repo,
  g.full_name as "fullName", g.node_id as "nodeId", s.entity, s.cursor, s.watermark, s.complete_from as "completeFrom",
  s.page_size as "pageSize", s.attempts`;

/** Not walked from end to end since an instant, or since somebody said that something happened. */
const notReadSince = (since: Date) =>
  sql`(s.cursor is not null or s.watermark is null or s.watermark < ${since} or s.requested_at > s.watermark)`;

/** So many are looked up at once: over the repositories of a large company that takes longer than to read one. */
const AT_ONCE = 20;

/**
 * What is to be read next, in this order: what is due, the recent before the older, repositories where something happened
 * first. Each is there once, so it is as good when it is read as it was when it was looked up.
 * @param since what was read since then is left to a later run, so that a run ends however slow it is
 */
export async function nextStates(connectionId: number, now: Date, since: Date): Promise<SyncState[]> {
  return query<SyncState>(
    sql`select ${COLUMNS} from sync_state s
        join github_repository g on g.org_id = s.org_id and g.repo_id = s.repo_id
        join repository r on r.org_id = s.org_id and r.id = s.repo_id
      where s.connection_id = ${connectionId} and s.next_try_at <= ${now}
        and g.selected and g.gone_at is null and ${notReadSince(since)}
        -- The line says how far everything is known: it is read once the pull requests are.
        and (s.entity <> 'history' or exists (
          select from sync_state p where p.org_id = s.org_id and p.connection_id = s.connection_id
            and p.repo_id = s.repo_id and p.entity = 'pull_requests' and p.watermark is not null and p.cursor is null))
      order by s.entity like 'older_%', s.watermark is not null, s.next_try_at, g.pushed_at desc nulls last, s.repo_id,
        array_position(${[...ENTITIES]}::text[], s.entity)
      limit ${AT_ONCE}`,
  );
}

/** When something is due that is not yet; null: nothing ever is. */
export async function nextDue(connectionId: number, since: Date): Promise<Date | null> {
  const [row] = await query<{ at: Date | null }>(
    sql`select min(s.next_try_at) as at from sync_state s
        join github_repository g on g.org_id = s.org_id and g.repo_id = s.repo_id
      where s.connection_id = ${connectionId} and g.selected and g.gone_at is null
        and ${notReadSince(since)}`,
  );
  return row?.at ?? null;
}

export interface Advance {
  /** null: the walk is at its end. */
  cursor: unknown;
  watermark: Date | null;
  completeFrom: Date | null;
  /** Things read with this page. */
  items: number;
  total: number | null;
  pageSize: number;
  nextTryAt: Date;
}

const keyOf = ({ connectionId, entity, orgId, repoId }: SyncState) =>
  sql`org_id = ${orgId} and connection_id = ${connectionId} and repo_id = ${repoId} and entity = ${entity}`;

/** Notes how far a walk is, in the transaction that keeps what was read. */
export async function advance(client: PoolClient, state: SyncState, to: Advance, now: Date): Promise<void> {
  const begins = state.cursor === null;
  await execute(
    sql`update sync_state set cursor = ${to.cursor === null ? null : JSON.stringify(to.cursor)}::jsonb,
        watermark = coalesce(${to.watermark}, watermark), complete_from = coalesce(${to.completeFrom}, complete_from),
        done = case when ${begins} then 0 else done end + ${to.items}, total = ${to.total}, page_size = ${to.pageSize},
        pages = case when ${begins} then 0 else pages end + 1,
        started_at = case when ${begins} then ${now}::timestamptz else started_at end,
        state = ${to.cursor === null ? "idle" : "reading"}, attempts = 0, last_error = null,
        next_try_at = ${to.nextTryAt}, updated_at = ${now}
      where ${keyOf(state)}`,
    client,
  );
}

/** Notes that a page could not be read, and when to try again. */
export async function postpone(
  state: SyncState,
  to: {
    state: "reading" | "failed" | "unavailable";
    error: string;
    pageSize: number;
    nextTryAt: Date;
    restart: boolean;
    counts: boolean;
  },
  now: Date,
): Promise<void> {
  await execute(
    sql`update sync_state set state = ${to.state}, last_error = ${to.error}, page_size = ${to.pageSize},
        cursor = case when ${to.restart} then null else cursor end,
        attempts = attempts + ${to.counts ? 1 : 0}, next_try_at = ${to.nextTryAt}, updated_at = ${now}
      where ${keyOf(state)}`,
  );
}

/** Goes on from where a first walk ended, further back. */
export async function continueOlder(
  client: PoolClient,
  state: SyncState,
  { cursor, now, pageSize }: { cursor: unknown; pageSize: number; now: Date },
): Promise<void> {
  await execute(
    sql`insert into sync_state (org_id, connection_id, repo_id, entity, state, cursor, page_size, next_try_at, started_at)
      values (${state.orgId}, ${state.connectionId}, ${state.repoId}, ${`older_${state.entity}`}, 'reading',
        ${JSON.stringify(cursor)}::jsonb, ${pageSize}, ${now}, ${now})
      on conflict do nothing`,
    client,
  );
}

/** How far back and up to when a repository's pull requests and its line are known. */
export async function coverageOf(
  client: PoolClient,
  { connectionId, orgId, repoId }: SyncState,
): Promise<{ from: Date | null; to: Date | null }> {
  const rows = await query<{ entity: Entity; watermark: Date | null; completeFrom: Date | null }>(
    sql`select entity, watermark, complete_from as "completeFrom" from sync_state
      where org_id = ${orgId} and connection_id = ${connectionId} and repo_id = ${repoId}`,
    client,
  );
  const of = (entity: Entity) => rows.find((row) => row.entity === entity);
  const reached = (recent: Entity, older: Entity) => of(older)?.completeFrom ?? of(recent)?.completeFrom ?? null;
  const from = [reached("pull_requests", "older_pull_requests"), reached("history", "older_history")];
  const to = [of("pull_requests")?.watermark ?? null, of("history")?.watermark ?? null];
  const latest = from.includes(null) ? null : new Date(Math.max(...from.map((at) => at?.getTime() ?? 0)));
  const earliest = to.includes(null) ? null : new Date(Math.min(...to.map((at) => at?.getTime() ?? 0)));
  return { from: latest, to: earliest };
}

/** Everything of a repository is due again, as after a delivery that says that something happened in it. */
export async function makeDue(
  client: PoolClient,
  state: Pick<SyncState, "orgId" | "connectionId" | "repoId">,
  entities: readonly Entity[],
  now: Date,
): Promise<void> {
  await execute(
    // What may not be read is not asked for each time that something happens to it.
    sql`update sync_state set requested_at = ${now},
        next_try_at = case when state = 'unavailable' then next_try_at else least(next_try_at, ${now}::timestamptz) end
      where org_id = ${state.orgId} and connection_id = ${state.connectionId} and repo_id = ${state.repoId}
        and entity = any(${[...entities]}::text[])`,
    client,
  );
}
