import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { loadLine } from "@/lib/facts/line";
import { openLineLog } from "@/lib/facts/line-log";
import { lockRepository } from "@/lib/facts/repository-lock";
import { firstDeployed, type LiveDeployment, type MergedPullRequest } from "./first-deployed";
import { readRollbackSources } from "./read-rollback-sources";
import { takeBack } from "./take-back";
import { applyTakenBack, writeTakenBack } from "./write-taken-back";

interface Place {
  orgId: number;
  repoId: number;
  repo: string;
}

/**
 * Works out which pull requests each production deployment was the first to bring, and what rollbacks took back, wherever
 * deployments, what names a cause, or the line changed. Safe to run from several processes.
 * @returns how many repositories there were
 */
export async function projectPendingDeployed(): Promise<number> {
  for (let done = 0; ; done += 1) {
    const found = await withTransaction(
      async (client) => {
        const [place] = await query<Place>(
          sql`select d.org_id as "orgId", d.repo_id as "repoId", r.name as repo
            from deployment_request d join repository r on r.org_id = d.org_id and r.id = d.repo_id
            order by d.org_id, d.repo_id limit 1`,
          client,
        );
        if (place === undefined) return false;
        // Before the request is taken: whoever projects the line holds this lock while it asks for the same.
        await lockRepository(client, { orgId: place.orgId, repo: place.repo }, { wait: true });
        const taken = await execute(
          sql`delete from deployment_request where org_id = ${place.orgId} and repo_id = ${place.repoId}`,
          client,
        );
        if (taken > 0) await writeDeployed(client, place);
        return true;
      },
      { bulk: true },
    );
    if (!found) return done;
  }
}

/** What follows from a repository's deployments and rollbacks, as they are known now. */
export async function workOutDeployed(client: PoolClient, place: Place) {
  const { orgId, repo, repoId } = place;
  const [own] = await query<{ importedHead: string | null }>(
    sql`select head_sha as "importedHead" from repository where org_id = ${orgId} and id = ${repoId}`,
    client,
  );
  const line = await loadLine(await openLineLog(client, { orgId, repo }), own?.importedHead ?? null);
  const positionOf = (sha: string) => line?.positionOf.get(sha) ?? null;
  const sources = await readRollbackSources(client, place);
  const deployments = sources.deployments.map((one): LiveDeployment => ({ ...one, position: positionOf(one.sha) }));
  const merged = sources.merged.map(
    ({ mergedAt, number, sha }): MergedPullRequest => ({ number, mergedAt, position: positionOf(sha) }),
  );
  const first = firstDeployed(deployments, merged);
  const { takenBack, wentBack } = takeBack({ ...sources, deployments, merged, first });
  return { deployments, told: sources.told, merged, firstAt: first.at, takenBack, wentBack };
}

async function writeDeployed(client: PoolClient, place: Place): Promise<void> {
  const { deployments, firstAt, merged, takenBack, told, wentBack } = await workOutDeployed(client, place);
  await writeAwaited(client, place, deployments, new Set(merged.map(({ number }) => number)), told);
  await writeFirst(client, place, firstAt);
  await writeWentBack(client, place, wentBack);
  const changed = await writeTakenBack(client, place, takenBack);
  await applyTakenBack(client, place, takenBack, changed);
}

/** What deployments and rollbacks name and the line does not hold yet. */
async function writeAwaited(
  client: PoolClient,
  { orgId, repoId }: Place,
  deployments: readonly LiveDeployment[],
  known: ReadonlySet<number>,
  told: readonly { numbers: readonly number[] }[],
): Promise<void> {
  const shas = new Set(deployments.flatMap(({ position, sha }) => (position === null ? sha : [])));
  const numbers = new Set(
    [...deployments, ...told].flatMap((one) => one.numbers.filter((number) => !known.has(number))),
  );
  await execute(
    sql`insert into deployment_state (org_id, repo_id, awaited_shas, awaited_numbers)
      values (${orgId}, ${repoId}, ${[...shas]}::text[], ${[...numbers]}::integer[])
      on conflict (org_id, repo_id) do update set awaited_shas = excluded.awaited_shas,
        awaited_numbers = excluded.awaited_numbers`,
    client,
  );
}

async function writeFirst(
  client: PoolClient,
  { orgId, repoId }: Place,
  deployedAt: ReadonlyMap<number, Date>,
): Promise<void> {
  const [numbers, instants] = [[...deployedAt.keys()], [...deployedAt.values()]];
  await execute(
    sql`insert into fact_pull_request_deployment as f (org_id, repo_id, number, deployed_at)
      select ${orgId}, ${repoId}, number, at from unnest(${numbers}::integer[], ${instants}::timestamptz[]) as d (number, at)
      order by number
      on conflict (org_id, repo_id, number) do update set deployed_at = excluded.deployed_at
        where f.deployed_at <> excluded.deployed_at`,
    client,
  );
  await execute(
    sql`delete from fact_pull_request_deployment where org_id = ${orgId} and repo_id = ${repoId}
      and number <> all(${numbers}::integer[])`,
    client,
  );
}

async function writeWentBack(client: PoolClient, { orgId, repoId }: Place, ids: readonly string[]): Promise<void> {
  await execute(
    sql`delete from fact_deployment_back where org_id = ${orgId} and repo_id = ${repoId} and id <> all(${[...ids]}::uuid[])`,
    client,
  );
  await execute(
    sql`insert into fact_deployment_back (org_id, repo_id, id)
      select ${orgId}, ${repoId}, id from unnest(${[...ids]}::uuid[]) as b (id) order by id on conflict do nothing`,
    client,
  );
}
