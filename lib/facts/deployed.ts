import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { loadLine } from "./line";
import { openLineLog } from "./line-log";

interface Place {
  orgId: number;
  repoId: number;
}

/** Asks for it to be worked out again what of a repository was deployed, where anything of it ever was. */
export async function requestDeployed(client: PoolClient, { orgId, repoId }: Place): Promise<void> {
  await execute(
    sql`insert into deployment_request (org_id, repo_id) select ${orgId}, ${repoId}
      where exists (select from fact_deployment where org_id = ${orgId} and repo_id = ${repoId})
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

/**
 * Works out which pull requests each production deployment was the first to bring, wherever deployments or the line
 * changed. Safe to run from several processes.
 * @returns how many repositories there were
 */
export async function projectPendingDeployed(): Promise<number> {
  for (let done = 0; ; done += 1) {
    const found = await withTransaction(
      async (client) => {
        const [place] = await query<Place & { repo: string; importedHead: string | null }>(
          sql`delete from deployment_request d using repository r
            where (d.org_id, d.repo_id) = (
                select org_id, repo_id from deployment_request order by org_id, repo_id limit 1 for update skip locked)
              and r.org_id = d.org_id and r.id = d.repo_id
            returning d.org_id as "orgId", d.repo_id as "repoId", r.name as repo, r.head_sha as "importedHead"`,
          client,
        );
        if (place === undefined) return false;
        await writeDeployed(client, place);
        return true;
      },
      { bulk: true },
    );
    if (!found) return done;
  }
}

interface Deployment {
  at: Date;
  sha: string;
  numbers: number[];
}

/**
 * A deployment brings what lies on the line between the furthest one before it and its own commit. What the first one
 * that is known brought cannot be told, unless the source names it; an older commit that is deployed again brings nothing.
 */
async function writeDeployed(
  client: PoolClient,
  { importedHead, orgId, repo, repoId }: Place & { repo: string; importedHead: string | null },
): Promise<void> {
  const deployments = await query<Deployment>(
    sql`select finished_at as at, sha, numbers from fact_deployment
      where org_id = ${orgId} and repo_id = ${repoId} and status = 1 and kind <> 3 and live
      order by finished_at, id`,
    client,
  );
  const line = await loadLine(await openLineLog(client, { orgId, repo }), importedHead);
  const merged = await query<{ number: number; sha: string }>(
    sql`select number, merge_sha as sha from fact_pull_request_detail where org_id = ${orgId} and repo_id = ${repoId}`,
    client,
  );
  const positionOf = (sha: string) => line?.positionOf.get(sha) ?? null;
  const placed = merged
    .flatMap(({ number, sha }) => {
      const position = positionOf(sha);
      return position === null ? [] : { number, position };
    })
    .sort((a, b) => a.position - b.position);
  const known = new Set(merged.map(({ number }) => number));
  const deployedAt = new Map<number, Date>();
  const awaited = { shas: new Set<string>(), numbers: new Set<number>() };
  let next = 0;
  let reached: number | null = null;
  for (const { at, numbers, sha } of deployments) {
    for (const number of numbers) {
      if (!known.has(number)) awaited.numbers.add(number);
      else if (!deployedAt.has(number)) deployedAt.set(number, at);
    }
    const position = positionOf(sha);
    if (position === null) awaited.shas.add(sha);
    if (position === null || (reached !== null && position <= reached)) continue;
    for (; next < placed.length && (placed[next]?.position ?? 0) <= position; next += 1) {
      const number = placed[next]?.number ?? 0;
      if (reached !== null && !deployedAt.has(number)) deployedAt.set(number, at);
    }
    reached = position;
  }
  await execute(
    sql`insert into deployment_state (org_id, repo_id, awaited_shas, awaited_numbers)
      values (${orgId}, ${repoId}, ${[...awaited.shas]}::text[], ${[...awaited.numbers]}::integer[])
      on conflict (org_id, repo_id) do update set awaited_shas = excluded.awaited_shas,
        awaited_numbers = excluded.awaited_numbers`,
    client,
  );
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
