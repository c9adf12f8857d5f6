import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { SyncState } from "./sync-states";

/** One thing that is to be read by itself. */
export interface Refetch {
  orgId: number;
  connectionId: number;
  repoId: number;
  repo: string;
  fullName: string;
  kind: "pull_request";
  nodeId: string;
  /** Rises with every request: what was asked for while it was read is read again. */
  requests: number;
  attempts: number;
}

type Place = Pick<SyncState, "orgId" | "connectionId" | "repoId">;

/** Asks for pull requests to be read by themselves. Asked twice before it happens, it happens once. */
export async function requestPullRequests(
  client: PoolClient,
  { connectionId, orgId, repoId }: Place,
  nodeIds: readonly string[],
  now: Date,
): Promise<void> {
  if (nodeIds.length === 0) return;
  await execute(
    sql`insert into refetch (org_id, connection_id, repo_id, kind, node_id, due_at, requested_at)
      select ${orgId}, ${connectionId}, ${repoId}, 'pull_request', node_id, ${now}, ${now}
      from unnest(${[...nodeIds]}::text[]) as node_id
      on conflict (org_id, connection_id, repo_id, kind, node_id) do update
        set requests = refetch.requests + 1, due_at = least(refetch.due_at, excluded.due_at)`,
    client,
  );
}

/** What is to be read by itself next: the longest due. */
export async function nextRefetch(connectionId: number, now: Date): Promise<Refetch | null> {
  const [row] = await query<Refetch>(
    sql`select f.org_id as "orgId", f.connection_id as "connectionId", f.repo_id as "repoId", r.name as repo,
        g.full_name as "fullName", f.kind, f.node_id as "nodeId", f.requests, f.attempts
      from refetch f join repository r on r.org_id = f.org_id and r.id = f.repo_id
        join github_repository g on g.org_id = f.org_id and g.repo_id = f.repo_id
      where f.connection_id = ${connectionId} and f.due_at <= ${now} and g.selected and g.gone_at is null
      order by f.due_at, f.node_id limit 1`,
  );
  return row ?? null;
}

/** Removes what was read, unless it was asked for again meanwhile. */
export async function finishRefetch(client: PoolClient, refetch: Refetch): Promise<void> {
  await execute(
    sql`delete from refetch where org_id = ${refetch.orgId} and connection_id = ${refetch.connectionId}
      and repo_id = ${refetch.repoId} and kind = ${refetch.kind} and node_id = ${refetch.nodeId}
      and requests = ${refetch.requests}`,
    client,
  );
}

export async function postponeRefetch(refetch: Refetch, error: string, dueAt: Date): Promise<void> {
  await execute(
    sql`update refetch set attempts = attempts + 1, last_error = ${error}, due_at = ${dueAt}
      where org_id = ${refetch.orgId} and connection_id = ${refetch.connectionId} and repo_id = ${refetch.repoId}
        and kind = ${refetch.kind} and node_id = ${refetch.nodeId}`,
  );
}

export async function nextRefetchDue(connectionId: number): Promise<Date | null> {
  const [row] = await query<{ at: Date | null }>(
    sql`select min(due_at) as at from refetch where connection_id = ${connectionId}`,
  );
  return row?.at ?? null;
}
