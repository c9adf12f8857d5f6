import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { isSelected, type Selection } from "@/lib/settings/github/selection";
import type { ListedRepository } from "@/lib/sources/github-api/directory";

interface Follower {
  id: number;
  orgId: number;
  selection: Selection;
}

/** A name that another repository is known by, until that one's own new name is known. */
const displaced = (name: string, nodeId: string): string => `${name}~${nodeId}`;

/**
 * Gives a repository its new name in everything that is kept under the old one. The ids of its events stay: what is
 * read again under the new name is about the same subjects and folds with them.
 */
async function rename(client: PoolClient, orgId: number, repoId: number, to: string): Promise<void> {
  const [before] = await query<{ name: string }>(
    sql`select name from repository where org_id = ${orgId} and id = ${repoId} for update`,
    client,
  );
  if (before === undefined || before.name === to) return;
  await execute(sql`update repository set name = ${to} where org_id = ${orgId} and id = ${repoId}`, client);
  const subjects = (name: string) => [`pull_request:${name}#`, `commit:${name}@`];
  const [pullRequest, commit] = subjects(before.name);
  const [newPullRequest, newCommit] = subjects(to);
  await execute(
    sql`update event set repo = ${to}, subject = case
        when starts_with(subject, ${pullRequest}) then ${newPullRequest} || substr(subject, length(${pullRequest}) + 1)
        when starts_with(subject, ${commit}) then ${newCommit} || substr(subject, length(${commit}) + 1)
        when subject = ${`repository:${before.name}`} then ${`repository:${to}`}
        else subject end
      where org_id = ${orgId} and repo = ${before.name}`,
    client,
  );
  await execute(
    sql`update projection_request set repo = ${to} where org_id = ${orgId} and repo = ${before.name}`,
    client,
  );
  await execute(sql`insert into projection_request (org_id, repo, whole) values (${orgId}, ${to}, true)`, client);
}

/**
 * The id of a listed repository, created or renamed as it is needed. GitHub's node id says which one it is; a clone that
 * was imported under the same name before becomes the same repository.
 */
async function identify(client: PoolClient, orgId: number, listed: ListedRepository): Promise<number> {
  const [known] = await query<{ repo_id: number; name: string }>(
    sql`select g.repo_id, r.name from github_repository g join repository r on r.org_id = g.org_id and r.id = g.repo_id
      where g.org_id = ${orgId} and g.node_id = ${listed.nodeId}`,
    client,
  );
  if (known?.name === listed.name) return known.repo_id;
  const [holder] = await query<{ id: number; node_id: string | null }>(
    sql`select r.id, g.node_id from repository r
      left join github_repository g on g.org_id = r.org_id and g.repo_id = r.id
      where r.org_id = ${orgId} and r.name = ${listed.name} for update of r`,
    client,
  );
  if (holder !== undefined && holder.node_id !== null) {
    // Another repository had this name: it was renamed or deleted, and its own entry says which when it is reached.
    await rename(client, orgId, holder.id, displaced(listed.name, holder.node_id));
  }
  if (known !== undefined) {
    await rename(client, orgId, known.repo_id, listed.name);
    return known.repo_id;
  }
  if (holder !== undefined && holder.node_id === null) return holder.id;
  const [created] = await query<{ id: number }>(
    sql`insert into repository (org_id, name, url) values (${orgId}, ${listed.name}, ${listed.url}) returning id`,
    client,
  );
  if (created === undefined) throw new Error(`The repository ${listed.name} was not written`);
  return created.id;
}

/**
 * Takes in a whole list of an account's repositories, inside the caller's transaction: new ones, new names, what is
 * selected, and which ones GitHub no longer shows. Nothing is ever deleted.
 * @returns how many are selected
 */
export async function takeRepositories(
  client: PoolClient,
  { id, orgId, selection }: Follower,
  listed: readonly ListedRepository[],
): Promise<number> {
  await query(sql`select pg_advisory_xact_lock(hashtextextended('github_repository:' || ${orgId}::text, 0))`, client);
  for (const one of listed) {
    const repoId = await identify(client, orgId, one);
    await execute(
      sql`update repository set url = ${one.url}, default_branch = coalesce(default_branch, ${one.defaultBranch})
        where org_id = ${orgId} and id = ${repoId}`,
      client,
    );
    await execute(
      sql`insert into github_repository (org_id, repo_id, connection_id, node_id, database_id, full_name, default_branch,
          archived, fork, private, selected, pushed_at, gone_at)
        values (${orgId}, ${repoId}, ${id}, ${one.nodeId}, ${one.databaseId}, ${one.fullName}, ${one.defaultBranch},
          ${one.archived}, ${one.fork}, ${one.private}, ${isSelected(selection, one.name)}, ${one.pushedAt}, null)
        on conflict (org_id, repo_id) do update set connection_id = excluded.connection_id, node_id = excluded.node_id,
          database_id = excluded.database_id, full_name = excluded.full_name, default_branch = excluded.default_branch,
          archived = excluded.archived, fork = excluded.fork, private = excluded.private, selected = excluded.selected,
          pushed_at = excluded.pushed_at, gone_at = null`,
      client,
    );
  }
  await execute(
    sql`update github_repository set gone_at = now() where org_id = ${orgId} and connection_id = ${id} and gone_at is null
      and node_id <> all(${listed.map(({ nodeId }) => nodeId)}::text[])`,
    client,
  );
  return listed.filter(({ name }) => isSelected(selection, name)).length;
}
