import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Entity } from "./sync-states";

/** How far the reading of one kind of thing in one repository is. */
export interface SyncStatus {
  repo: string;
  entity: Entity;
  state: "idle" | "reading" | "failed" | "unavailable";
  done: number;
  /** As GitHub counts them; null before the first answer. */
  total: number | null;
  /** Things per second of the walk under way; null when it has not begun. */
  rate: number | null;
  watermark: Date | null;
  lastError: string | null;
  nextTryAt: Date;
}

/** Everything that is read of a connection, by repository. */
export function listSyncStatus(connectionId: number): Promise<SyncStatus[]> {
  return query<SyncStatus>(
    sql`select r.name as repo, s.entity, s.state, s.done, s.total, s.watermark, s.last_error as "lastError",
        s.next_try_at as "nextTryAt",
        case when s.started_at < s.updated_at
          then s.done / extract(epoch from s.updated_at - s.started_at)::double precision end as rate
      from sync_state s
        join github_repository g on g.org_id = s.org_id and g.repo_id = s.repo_id
        join repository r on r.org_id = s.org_id and r.id = s.repo_id
      where s.connection_id = ${connectionId} and g.selected and g.gone_at is null
      order by r.name, s.entity`,
  );
}

/** Things that wait to be read by themselves. */
export async function countRefetches(connectionId: number): Promise<number> {
  const [row] = await query<{ waiting: number }>(
    sql`select count(*) as waiting from refetch where connection_id = ${connectionId}`,
  );
  return row?.waiting ?? 0;
}
