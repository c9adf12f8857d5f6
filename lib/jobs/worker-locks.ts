import type { Pool, PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** Namespace of the advisory locks by which live workers are known. */
const LOCK_NAMESPACE = 1_179_076_938;

/** A job younger than this may belong to a worker that has not taken its lock yet. */
const GRACE = "5 seconds";

/**
 * Holds one advisory lock for each worker of this process, on a connection of its own: PostgreSQL frees them the
 * moment the process ends, however it ends.
 */
export class WorkerLocks {
  private constructor(private readonly client: PoolClient) {}

  static async open(pool: Pool): Promise<WorkerLocks> {
    const client = await pool.connect();
    client.on("error", () => undefined);
    await client.query("set idle_session_timeout = 0");
    return new WorkerLocks(client);
  }

  /** Marks a worker as alive until this process ends. */
  async hold(workerId: string): Promise<void> {
    await query(sql`select pg_advisory_lock(${LOCK_NAMESPACE}, hashtext(${workerId}))`, this.client);
  }

  close(): void {
    this.client.release(true);
  }
}

/** Frees the jobs of workers that are gone, instead of waiting four hours for their locks to expire. */
export async function unlockJobsOfDeadWorkers(): Promise<string[]> {
  const dead = await query<{ id: string }>(
    sql`with holders as (
      select locked_by as id from graphile_worker._private_jobs
      where locked_by is not null and locked_at < now() - ${GRACE}::interval
      union
      select locked_by from graphile_worker._private_job_queues
      where locked_by is not null and locked_at < now() - ${GRACE}::interval
    )
    select id from holders where not exists (
      select 1 from pg_locks
      where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
        and classid = ${LOCK_NAMESPACE}::bigint::oid
        and objid = (hashtext(holders.id)::bigint & 4294967295)::oid
    )`,
  );
  const ids = dead.map(({ id }) => id);
  if (ids.length > 0) await query(sql`select graphile_worker.force_unlock_workers(${ids}::text[])`);
  return ids;
}
