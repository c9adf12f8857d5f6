import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { ensureRepository } from "@/lib/settings/repositories";
import type { RepositoryKey } from "./projection-context";

/**
 * Two projections of one repository would each delete what the other wrote. Holds until the transaction ends. A
 * repository that only the log knows gets its entry.
 * @param wait false: do not wait for another one to end
 * @returns whether the lock was taken
 */
export async function lockRepository(
  client: PoolClient,
  key: RepositoryKey,
  { wait }: { wait: boolean },
): Promise<boolean> {
  let locked = await tryLock(client, key, wait);
  if (locked === null) {
    await ensureRepository(key.orgId, key.repo);
    locked = await tryLock(client, key, wait);
  }
  return locked === true;
}

/** null where there is no such repository. */
async function tryLock(client: PoolClient, { orgId, repo }: RepositoryKey, wait: boolean): Promise<boolean | null> {
  const [row] = await query<{ locked: boolean }>(
    wait
      ? sql`select pg_advisory_xact_lock(org_id, id) is not null as locked from repository
          where org_id = ${orgId} and name = ${repo}`
      : sql`select pg_try_advisory_xact_lock(org_id, id) as locked from repository
          where org_id = ${orgId} and name = ${repo}`,
    client,
  );
  return row?.locked ?? null;
}
