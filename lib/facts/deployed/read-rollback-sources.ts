import { DEPLOYMENT_KIND_CODE, DEPLOYMENT_STATUS_CODE, TOLD_ROLLBACK_CODE } from "@/lib/core/dimensions";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { LiveDeployment } from "./first-deployed";
import type { Naming, ToldRollback } from "./take-back";

interface Place {
  orgId: number;
  repoId: number;
}

interface Sources {
  deployments: Omit<LiveDeployment, "position">[];
  told: ToldRollback[];
  merged: { number: number; sha: string; mergedAt: Date }[];
  incidents: Naming[];
  reverts: Naming[];
}

const wordOf = <Word extends string>(codes: Readonly<Record<Word, number>>, code: number): Word => {
  const found = (Object.keys(codes) as Word[]).find((word) => codes[word] === code);
  if (found === undefined) throw new Error(`The fact tables hold the unknown code ${code}`);
  return found;
};

/** What is known of a repository's production deployments that succeeded, of rollbacks, and of what names a cause. */
export async function readRollbackSources(client: PoolClient, { orgId, repoId }: Place): Promise<Sources> {
  const deployments = await query<Omit<LiveDeployment, "position" | "kind"> & { kind: number }>(
    sql`select id::text, finished_at as at, kind, service, environment, sha, numbers from fact_deployment
      where org_id = ${orgId} and repo_id = ${repoId} and status = ${DEPLOYMENT_STATUS_CODE.success}::smallint and live
      order by finished_at, id`,
    client,
  );
  const told = await query<Omit<ToldRollback, "how"> & { how: number }>(
    sql`select id::text, told_at as at, how, numbers, reason from fact_told_rollback
      where org_id = ${orgId} and repo_id = ${repoId} order by told_at, id`,
    client,
  );
  const merged = await query<Sources["merged"][number]>(
    sql`select number, merge_sha as sha, merged_at as "mergedAt" from fact_pull_request_detail
      where org_id = ${orgId} and repo_id = ${repoId} order by number`,
    client,
  );
  const incidents = await query<Naming>(
    sql`select caused_by_number as number, opened_at as at, 'Incident ' || incident || ' names it.' as what from fact_incident
      where org_id = ${orgId} and repo_id = ${repoId} and caused_by_number is not null and opened_at is not null
      order by opened_at, id`,
    client,
  );
  const reverts = await query<Naming>(
    sql`select target_number as number, reverted_at as at,
        case when revert_number is null then 'A commit reverts it.' else '#' || revert_number || ' reverts it.' end as what
      from fact_rollback
      where org_id = ${orgId} and repo_id = ${repoId} and kind = 'revert' and target_number is not null and revert_sha <> ''
      order by reverted_at, revert_key`,
    client,
  );
  return {
    deployments: deployments.map((one) => ({ ...one, kind: wordOf(DEPLOYMENT_KIND_CODE, one.kind) })),
    told: told.map((one) => ({ ...one, how: wordOf(TOLD_ROLLBACK_CODE, one.how) })),
    merged,
    incidents,
    reverts,
  };
}
