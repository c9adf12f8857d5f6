import type { PoolClient } from "@/lib/db/pool";
import { getPrisma } from "@/lib/db/prisma-client";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** The repository's id, created when it is new. `name` is the name inside the organisation. */
export async function ensureRepository(orgId: number, name: string): Promise<number> {
  const where = { orgId_name: { orgId, name } };
  const known = await getPrisma().repository.findUnique({ where, select: { id: true } });
  if (known !== null) return known.id;
  // Another process may create it at the same moment, which an upsert without anything to update does not bear.
  await getPrisma().repository.createMany({ data: [{ orgId, name }], skipDuplicates: true });
  return (await getPrisma().repository.findUniqueOrThrow({ where, select: { id: true } })).id;
}

export interface OwnerPeriod {
  teamId: number;
  teamSlug: string;
  validFrom: Date;
}

/** Owner teams of a repository, oldest first; each holds until the next one starts. */
export async function listRepositoryOwners(orgId: number, repoId: number): Promise<OwnerPeriod[]> {
  const rows = await getPrisma().repositoryOwner.findMany({
    where: { orgId, repoId },
    orderBy: { validFrom: "asc" },
    select: { teamId: true, validFrom: true, team: { select: { slug: true } } },
  });
  return rows.map((row) => ({ teamId: row.teamId, teamSlug: row.team.slug, validFrom: row.validFrom }));
}

/** Makes a team the owner of a repository from an instant on; repeating it changes nothing. */
export async function setRepositoryOwner(input: {
  orgId: number;
  repoId: number;
  teamId: number;
  validFrom: Date;
}): Promise<void> {
  const { orgId, repoId, teamId, validFrom } = input;
  await getPrisma().repositoryOwner.upsert({
    where: { orgId_repoId_validFrom: { orgId, repoId, validFrom } },
    update: { teamId },
    create: { orgId, repoId, teamId, validFrom },
  });
}

/**
 * Remembers, in the transaction that keeps an import's events, where the repository comes from and which head speaks
 * for it; an unknown address stays as it was.
 * @returns whether another head spoke before
 */
export async function rememberImport(
  client: PoolClient,
  {
    orgId,
    name,
    url,
    branch,
    headSha,
  }: { orgId: number; name: string; url: string | null; branch: string; headSha: string },
): Promise<{ repoId: number; headMoved: boolean }> {
  const [before] = await query<{ head_sha: string | null }>(
    sql`select head_sha from repository where org_id = ${orgId} and name = ${name} for update`,
    client,
  );
  const [row] = await query<{ id: number }>(
    sql`insert into repository (org_id, name, url, default_branch, head_sha)
      values (${orgId}, ${name}, ${url}, ${branch}, ${headSha})
      on conflict (org_id, name) do update set url = coalesce(excluded.url, repository.url),
        default_branch = excluded.default_branch, head_sha = excluded.head_sha
      returning id`,
    client,
  );
  if (row === undefined) throw new Error(`The repository ${name} was not written`);
  return { repoId: row.id, headMoved: before?.head_sha !== headSha };
}
