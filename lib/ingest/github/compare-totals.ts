import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Budget, GitHubClient } from "@/lib/sources/github-api/client";
import { fetchPullRequestTotals } from "@/lib/sources/github-api/directory";
import { FIRST_PAGE } from "./sync-states";

const DAY_MS = 24 * 3_600_000;

/** Whether a day has passed since GitHub's counts were asked for. */
export async function isCountingDue(connectionId: number, now: Date): Promise<boolean> {
  const [row] = await query<{ due: boolean | null }>(
    sql`select compared_at <= ${new Date(now.getTime() - DAY_MS)} as due from github_connection where id = ${connectionId}`,
  );
  // The first day is counted from the first reading on.
  if (row?.due === null) await postponeCounting(connectionId, new Date(now.getTime() + DAY_MS));
  return row?.due ?? false;
}

/** Puts the counting off, as when GitHub did not answer. */
export async function postponeCounting(connectionId: number, until: Date): Promise<void> {
  await execute(
    sql`update github_connection set compared_at = ${new Date(until.getTime() - DAY_MS)} where id = ${connectionId}`,
  );
}

/**
 * Asks how many pull requests GitHub counts in each repository. The answer is held against what was read once a walk that
 * began after it is done: whatever was counted must have been met by then.
 * @throws {GitHubFailure}
 */
export async function countAtGitHub(client: GitHubClient, connectionId: number, now: Date): Promise<Budget | null> {
  const repositories = await query<{ nodeId: string }>(
    sql`select node_id as "nodeId" from github_repository
      where connection_id = ${connectionId} and selected and gone_at is null order by node_id`,
  );
  const { budget, totals } = await fetchPullRequestTotals(
    client,
    repositories.map(({ nodeId }) => nodeId),
  );
  await execute(
    sql`update sync_state s set counted = t.total, counted_at = ${now}, next_try_at = least(s.next_try_at, ${now}::timestamptz),
        requested_at = ${now}
      from unnest(${[...totals.keys()]}::text[], ${[...totals.values()]}::integer[]) as t (node_id, total)
        join github_repository g on g.node_id = t.node_id and g.connection_id = ${connectionId}
      where s.connection_id = ${connectionId} and s.org_id = g.org_id and s.repo_id = g.repo_id and s.entity = 'pull_requests'`,
  );
  await execute(sql`update github_connection set compared_at = ${now} where id = ${connectionId}`);
  return budget;
}

interface Counted {
  orgId: number;
  repoId: number;
  counted: number;
  read: number;
  missing: number | null;
}

/** Repositories of which all history was read since they were counted. */
function findCounted(connectionId: number): Promise<Counted[]> {
  return query<Counted>(
    sql`select p.org_id as "orgId", p.repo_id as "repoId", p.counted, p.missing,
        (select count(*) from event e join repository r on r.org_id = e.org_id and r.name = e.repo
          where r.org_id = p.org_id and r.id = p.repo_id and e.kind = 'pull_request.opened' and e.source = 'github') as read
      from sync_state p left join sync_state o on o.org_id = p.org_id and o.connection_id = p.connection_id
        and o.repo_id = p.repo_id and o.entity = 'older_pull_requests'
      where p.connection_id = ${connectionId} and p.entity = 'pull_requests' and p.counted is not null
        and p.cursor is null and p.watermark >= p.counted_at and coalesce(o.complete_from, p.complete_from) <= 'epoch'
        and (o.entity is null or (o.cursor is null and o.watermark is not null))
        and not exists (select from refetch f where f.org_id = p.org_id and f.connection_id = p.connection_id
          and f.repo_id = p.repo_id)
      order by p.repo_id`,
  );
}

/**
 * Walks all of a repository again in which pull requests are missing that GitHub counted. What it counts and never lists is
 * asked for once. Nothing is said of repositories of which only a part of the history is wanted.
 */
export async function walkWhatIsMissing(connectionId: number, now: Date): Promise<void> {
  for (const { counted, missing, orgId, read, repoId } of await findCounted(connectionId)) {
    const gap = Math.max(0, counted - read);
    await execute(
      sql`update sync_state set missing = ${gap}, counted = null where org_id = ${orgId} and connection_id = ${connectionId}
        and repo_id = ${repoId} and entity = 'pull_requests'`,
    );
    if (gap === 0 || gap === missing) continue;
    await execute(
      sql`insert into sync_state (org_id, connection_id, repo_id, entity, state, page_size, next_try_at)
        values (${orgId}, ${connectionId}, ${repoId}, 'older_pull_requests', 'idle', ${FIRST_PAGE}, ${now})
        on conflict (org_id, connection_id, repo_id, entity) do update
          set watermark = null, state = 'idle', next_try_at = excluded.next_try_at`,
    );
  }
}
