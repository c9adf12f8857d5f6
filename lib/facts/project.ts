import { AGENTS } from "@/lib/attribution/agents";
import { AppError, errorMessage } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { projectPendingActivity, rebuildActivity } from "./activity/project-activity";
import { projectPendingCourses } from "./course/project-courses";
import { projectPendingDeployed } from "./deployed/project-deployed";
import { projectPendingEffort } from "./effort/project-effort";
import { forEach } from "./for-each";
import { projectRepository } from "./project-repository";
import type { RepositoryKey } from "./projection-context";
import type { ProjectionProgress } from "./replace-facts";
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
        and not exists (
          select from projection_request p where p.org_id = f.org_id and p.repo = r.name and p.whole
        )`,
  );
}

/** Repositories in work at the same time: while the database writes one, the rules run over another. */
const WIDTH = 2;
/** Following a few events is mostly waiting for the database, and little of a repository is held meanwhile. */
const FOLLOWED_WIDTH = 4;

/**
 * Projects everything that has new events: every repository's line, one transaction each, then what happened around
 * them. Safe to run from several processes, which share the work.
 * @returns how many repositories had something to do
 */
export async function projectPending(onProgress?: ProjectionProgress): Promise<number> {
  try {
    return await projectLines(onProgress);
  } finally {
    await projectPendingActivity();
    await projectPendingDeployed();
    await projectPendingEffort();
    await projectPendingCourses();
  }
}

/** Events added since the planner last looked at the log, beyond which its plans may be those of an empty table. */
const STALE_EVENTS = 20_000;

/** Lets the planner look at the log when a large import has just filled it: autovacuum may come a minute later. */
async function refreshStatistics(): Promise<void> {
  const [log] = await query<{ stale: boolean }>(
    sql`select n_mod_since_analyze > ${STALE_EVENTS} and n_mod_since_analyze > n_live_tup / 10 as stale
      from pg_stat_user_tables where schemaname = current_schema() and relname = 'event'`,
  );
  if (log?.stale === true) await execute(sql`analyze event`);
}

async function projectLines(onProgress?: ProjectionProgress): Promise<number> {
  await syncAgents();
  await refreshStatistics();
  const pending = await query<RepositoryKey & { whole: boolean }>(
    sql`select p.org_id as "orgId", p.repo, bool_or(p.whole) or bool_and(c.repo_id is null) as whole
      from projection_request p
        left join repository r on r.org_id = p.org_id and r.name = p.repo
        left join projection_checkpoint c on c.org_id = p.org_id and c.repo_id = r.id
      group by p.org_id, p.repo order by min(p.id)`,
  );
  const failures = new Failures(pending.length);
  const busy: RepositoryKey[] = [];
  const project = (wait: boolean) => (key: RepositoryKey) =>
    failures.collect(key, async () => {
      const outcome = await projectRepository(key, onProgress, { wait });
      if (outcome.busy) busy.push(key);
    });
  // What takes little time does not wait for what takes long.
  await forEach(keysOf(pending.filter(({ whole }) => !whole)), FOLLOWED_WIDTH, project(false));
  await forEach(keysOf(pending.filter(({ whole }) => whole)), WIDTH, project(false));
  // What another process was at is waited for: whoever asked may rely on its being done.
  await forEach(busy.splice(0), 1, project(true));
  failures.raise();
  return pending.length;
}

const keysOf = (pending: readonly RepositoryKey[]): RepositoryKey[] =>
  pending.map(({ orgId, repo }) => ({ orgId, repo }));

export interface RebuildHooks {
  onProgress?: ProjectionProgress;
  /** Called once everything is asked for: whoever projects from now on shares the work. */
  onRequested?: (repositories: number) => void;
}

/**
 * Rebuilds all facts from the log. What is to be done is written down first, so that a rebuild that is killed is
 * finished by the next one or by the worker; readers see a repository's old facts until its new ones are whole.
 * @returns how many repositories are rebuilt
 */
export async function rebuildFacts({ onProgress, onRequested }: RebuildHooks = {}): Promise<number> {
  await execute(
    sql`insert into projection_request (org_id, repo, whole)
      select org_id, repo, true from (
        select distinct org_id, repo from event where repo is not null
        union select org_id, name from repository
      ) r
      where not exists (
        select from projection_request p where p.org_id = r.org_id and p.repo = r.repo and p.whole
      )
      order by org_id, repo`,
  );
  const [requested] = await query<{ repositories: number }>(
    sql`select count(distinct (org_id, repo)) as repositories from projection_request where whole`,
  );
  const repositories = requested?.repositories ?? 0;
  await syncAgents();
  await refreshStatistics();
  onRequested?.(repositories);
  await rebuildActivity();
  await projectPending(onProgress);
  return repositories;
}

/** One repository that fails does not keep the others from their facts. */
class Failures {
  private readonly messages: string[] = [];
  private cause: unknown;

  constructor(private readonly of: number) {}

  async collect(key: RepositoryKey, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.messages.push(`${key.repo}: ${errorMessage(error)}`);
      this.cause ??= error;
    }
  }

  /** @throws {AppError} naming every repository that failed */
  raise(): void {
    const { messages, cause } = this;
    if (messages.length === 0) return;
    const message = `${messages.length} of ${this.of} repositories could not be projected. ${messages.join("; ")}`;
    throw new AppError({ code: "internal", message, cause });
  }
}
