import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { loadTakenBack } from "./load-taken-back";
import { workOutDeployed } from "./project-deployed";
import { textOf } from "./write-taken-back";

type DeployedTable = "fact_pull_request_deployment" | "fact_deployment_back" | "fact_taken_back";

export interface DeployedMismatch {
  orgId: number;
  repo: string;
  tables: DeployedTable[];
}

interface Place {
  orgId: number;
  repoId: number;
  repo: string;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

async function differingTables(client: PoolClient, place: Place): Promise<DeployedTable[]> {
  const { orgId, repoId } = place;
  const { firstAt, takenBack, wentBack } = await workOutDeployed(client, place);
  const first = await query<{ number: number; at: Date }>(
    sql`select number, deployed_at as at from fact_pull_request_deployment where org_id = ${orgId} and repo_id = ${repoId}`,
    client,
  );
  const back = await query<{ id: string }>(
    sql`select id::text from fact_deployment_back where org_id = ${orgId} and repo_id = ${repoId}`,
    client,
  );
  const stored = await loadTakenBack(client, place);
  const firstText = (number: number, at: Date) => `${number} ${at.toISOString()}`;
  const differs: Readonly<Record<DeployedTable, boolean>> = {
    fact_pull_request_deployment: !same(
      first.map(({ at, number }) => firstText(number, at)),
      [...firstAt].map(([number, at]) => firstText(number, at)),
    ),
    fact_deployment_back: !same(
      back.map(({ id }) => id),
      wentBack,
    ),
    fact_taken_back: !same(stored.map(textOf), takenBack.map(textOf)),
  };
  return (Object.keys(differs) as DeployedTable[]).filter((table) => differs[table]);
}

/**
 * Works out again what was first deployed and taken back and compares it with what is stored; nothing is written. Repositories
 * whose requests wait are left out: theirs are not meant to be right yet.
 */
export async function verifyDeployed(): Promise<DeployedMismatch[]> {
  const places = await query<Place>(
    sql`select r.org_id as "orgId", r.id as "repoId", r.name as repo from repository r
      where not exists (select from deployment_request d where d.org_id = r.org_id and d.repo_id = r.id)
        and (exists (select from fact_deployment d where d.org_id = r.org_id and d.repo_id = r.id)
          or exists (select from fact_told_rollback d where d.org_id = r.org_id and d.repo_id = r.id)
          or exists (select from fact_taken_back d where d.org_id = r.org_id and d.repo_id = r.id))
      order by r.org_id, r.name`,
  );
  const mismatches: DeployedMismatch[] = [];
  for (const place of places) {
    const tables = await withTransaction((client) => differingTables(client, place), { bulk: true });
    if (tables.length > 0) mismatches.push({ orgId: place.orgId, repo: place.repo, tables });
  }
  return mismatches;
}
