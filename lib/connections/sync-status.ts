import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { SyncStatus, SyncTotal } from "./types";

type Row = Omit<SyncStatus, "watermark" | "nextTryAt"> & { watermark: Date | null; nextTryAt: Date };

const followed = (connectionId: number) => sql`from sync_state s
    join github_repository g on g.org_id = s.org_id and g.repo_id = s.repo_id
    join repository r on r.org_id = s.org_id and r.id = s.repo_id
  where s.connection_id = ${connectionId} and g.selected and g.gone_at is null`;

/**
 * How far each kind of thing is in each repository: what failed first, then what is being read.
 * @param limit most of them
 * @param activeOnly leaves out what is read and in order
 */
export async function listSyncStatus(
  connectionId: number,
  { activeOnly, limit }: { activeOnly: boolean; limit: number },
): Promise<SyncStatus[]> {
  const rows = await query<Row>(
    sql`select r.name as repo, s.entity, s.state, s.done, s.total, s.watermark, s.last_error as "lastError",
        s.next_try_at as "nextTryAt",
        case when s.started_at < s.updated_at
          then s.done / extract(epoch from s.updated_at - s.started_at)::double precision end as rate
      ${followed(connectionId)}
        and (not ${activeOnly}::boolean or s.state <> 'idle' or s.watermark is null or s.last_error is not null)
      order by case s.state when 'failed' then 0 when 'unavailable' then 1 when 'reading' then 2 else 3 end, r.name, s.entity
      limit ${limit}`,
  );
  return rows.map(({ nextTryAt, watermark, ...row }) => ({
    ...row,
    watermark: watermark?.toISOString() ?? null,
    nextTryAt: nextTryAt.toISOString(),
  }));
}

/** The same of all repositories together, by kind of thing. */
export function sumSyncStatus(connectionId: number): Promise<SyncTotal[]> {
  return query<SyncTotal>(
    sql`select s.entity, coalesce(sum(s.done), 0) as done, sum(s.total) as total, count(*) as repositories,
        count(*) filter (where s.watermark is not null) as complete,
        count(*) filter (where s.state in ('failed', 'unavailable')) as failed
      ${followed(connectionId)} group by s.entity order by s.entity`,
  );
}

/** Things that wait to be read by themselves. */
export async function countRefetches(connectionId: number): Promise<number> {
  const [row] = await query<{ waiting: number }>(
    sql`select count(*) as waiting from refetch where connection_id = ${connectionId}`,
  );
  return row?.waiting ?? 0;
}
