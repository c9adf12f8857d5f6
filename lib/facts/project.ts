import { AGENTS } from "@/lib/attribution/agents";
import { AppError, errorMessage } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type ProjectionProgress, projectRepository, type RepositoryKey } from "./project-repository";
import { factsVersion } from "./version";

/** Writes the agents of the shipped rules into their dimension table, so that facts and queries share their codes. */
export async function syncAgents(): Promise<void> {
  await execute(
    sql`insert into agent (code, key, name)
      select * from unnest(${AGENTS.map(({ code }) => code)}::smallint[], ${AGENTS.map(({ key }) => key)}::text[],
        ${AGENTS.map(({ name }) => name)}::text[])
      on conflict (code) do update set key = excluded.key, name = excluded.name
        where (agent.key, agent.name) is distinct from (excluded.key, excluded.name)`,
  );
}

/** Asks for the projection of every repository whose facts were made by other rules than the shipped ones. */
export async function requestOutdated(): Promise<void> {
  await execute(
    sql`insert into projection_request (org_id, repo)
      select f.org_id, r.name from fact_repository f join repository r on r.id = f.repo_id
      where f.rule_version <> ${factsVersion()}
        and not exists (select from projection_request p where p.org_id = f.org_id and p.repo = r.name)`,
  );
}

/**
 * Projects every repository that has new events, one transaction each; safe to run from several processes.
 * @returns how many repositories were projected
 */
export async function projectPending(onProgress?: ProjectionProgress): Promise<number> {
  await syncAgents();
  const pending = await query<{ org_id: number; repo: string }>(
    sql`select org_id, repo from projection_request group by org_id, repo order by min(id)`,
  );
  await projectEach(pending, (key) => projectRepository(key, onProgress));
  return pending.length;
}

/** Rebuilds all facts from the log. Facts of repositories that the log no longer knows are removed. */
export async function rebuildFacts(onProgress?: ProjectionProgress): Promise<number> {
  await syncAgents();
  const keys = await query<{ org_id: number; repo: string }>(
    sql`select org_id, repo from event where repo is not null group by org_id, repo
      union select org_id, name from repository order by 1, 2`,
  );
  await projectEach(keys, (key) => projectRepository(key, onProgress, { always: true }));
  return keys.length;
}

/** Projects one repository after the other; one that fails does not keep the others from their facts. */
async function projectEach(
  rows: { org_id: number; repo: string }[],
  project: (key: RepositoryKey) => Promise<void>,
): Promise<void> {
  const failures: string[] = [];
  let cause: unknown;
  for (const { org_id, repo } of rows) {
    try {
      await project({ orgId: org_id, repo });
    } catch (error) {
      failures.push(`${repo}: ${errorMessage(error)}`);
      cause ??= error;
    }
  }
  if (failures.length === 0) return;
  const message = `${failures.length} of ${rows.length} repositories could not be projected. ${failures.join("; ")}`;
  throw new AppError({ code: "internal", message, cause });
}
