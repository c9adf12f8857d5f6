import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

/**
 * Deletes the notes of changed facts that are older than `olderThanSeconds`, and remembers up to which transaction.
 * A process that has not looked for that long loads its facts again. Notes of transactions that may not have ended
 * for everyone yet are kept.
 * @returns how many notes were deleted
 */
export async function pruneFactChanges(olderThanSeconds: number): Promise<number> {
  return withTransaction(async (client) => {
    // A backup that is restored on another server brings notes and a horizon that may lie in this server's future.
    await execute(
      sql`update fact_change_horizon set xid = '0' where xid >= pg_snapshot_xmax(pg_current_snapshot())`,
      client,
    );
    await execute(sql`delete from fact_change where xid >= pg_snapshot_xmax(pg_current_snapshot())`, client);
    const [row] = await query<{ pruned: number }>(
      sql`with pruned as (
          delete from fact_change
          where noted_at < clock_timestamp() - make_interval(secs => ${olderThanSeconds})
            and xid < pg_snapshot_xmin(pg_current_snapshot())
          returning xid
        ), moved as (
          update fact_change_horizon h set xid = greatest(h.xid, newest.xid)
          from (select max(xid) as xid from pruned) newest where newest.xid is not null
        )
        select count(*) as pruned from pruned`,
      client,
    );
    return row?.pruned ?? 0;
  });
}
