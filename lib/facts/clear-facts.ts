import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { RepositoryRef } from "./projection-context";

/** Removes a repository's facts; the caller writes the new ones in the same transaction. */
export async function clearFacts(client: PoolClient, { orgId, repoId }: RepositoryRef): Promise<void> {
  for (const statement of [
    sql`delete from fact_pull_request where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_pull_request_detail where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_rollback where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_direct_push where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_unknown_bot where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from fact_repository where org_id = ${orgId} and repo_id = ${repoId}`,
    sql`delete from rollup_repository_day where org_id = ${orgId} and repo_id = ${repoId}`,
  ]) {
    await execute(statement, client);
  }
}
