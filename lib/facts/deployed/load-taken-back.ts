import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { TakenBack } from "./take-back";

/** What rollbacks took back in a repository that no revert tells of, in the order of their time. */
export async function loadTakenBack(
  client: PoolClient,
  { orgId, repoId }: { orgId: number; repoId: number },
): Promise<TakenBack[]> {
  return query<TakenBack>(
    sql`select number, id::text, taken_back_at as at, kind, sha, title, evidence from fact_taken_back
      where org_id = ${orgId} and repo_id = ${repoId} order by taken_back_at, id, number`,
    client,
  );
}
