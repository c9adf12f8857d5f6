import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

interface Place {
  orgId: number;
  repoId: number;
}

/** Asks for it to be worked out again what of a repository was deployed and taken back, where anything of it ever was. */
export async function requestDeployed(client: PoolClient, { orgId, repoId }: Place): Promise<void> {
  await execute(
    sql`insert into deployment_request (org_id, repo_id) select ${orgId}, ${repoId}
      where exists (select from fact_deployment where org_id = ${orgId} and repo_id = ${repoId})
        or exists (select from fact_told_rollback where org_id = ${orgId} and repo_id = ${repoId})
        or exists (select from fact_taken_back where org_id = ${orgId} and repo_id = ${repoId})
      on conflict do nothing`,
    client,
  );
}

/** The same after new events of the line, where one of them is what a deployment waits for. */
export async function requestDeployedBy(
  client: PoolClient,
  { orgId, repoId }: Place,
  eventIds: readonly string[],
): Promise<void> {
  await execute(
    sql`insert into deployment_request (org_id, repo_id)
      select s.org_id, s.repo_id from deployment_state s
      where s.org_id = ${orgId} and s.repo_id = ${repoId} and exists (
        select from event e where e.org_id = ${orgId} and e.id = any(${eventIds}::text[])
          and (e.payload ->> 'sha' = any(s.awaited_shas)
            or (e.kind = 'pull_request.merged' and (e.payload ->> 'number')::integer = any(s.awaited_numbers))))
      on conflict do nothing`,
    client,
  );
}
