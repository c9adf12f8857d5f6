import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { RepositoryRef } from "./projection-context";

/**
 * Two projections of one repository would each delete what the other wrote. Holds until the transaction ends.
 * @param wait false: do not wait for another one to end
 * @returns whether the lock was taken
 */
export async function lockRepository(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  { wait }: { wait: boolean },
): Promise<boolean> {
  const [row] = await query<{ locked: boolean }>(
    wait
      ? sql`select true as locked from pg_advisory_xact_lock(${orgId}::integer, ${repoId}::integer)`
      : sql`select pg_try_advisory_xact_lock(${orgId}::integer, ${repoId}::integer) as locked`,
    client,
  );
  return row?.locked === true;
}
