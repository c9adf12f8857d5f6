import { getPrisma } from "@/lib/db/prisma-client";

/** The repository's id, created when it is new. `name` is the name inside the organisation. */
export async function ensureRepository(orgId: number, name: string): Promise<number> {
  const row = await getPrisma().repository.upsert({
    where: { orgId_name: { orgId, name } },
    update: {},
    create: { orgId, name },
    select: { id: true },
  });
  return row.id;
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

/** Remembers where a repository comes from; what a later import does not know stays as it was. */
export async function setRepositoryOrigin(
  repoId: number,
  origin: { url: string | null; defaultBranch: string },
): Promise<void> {
  await getPrisma().repository.update({
    where: { id: repoId },
    data: { defaultBranch: origin.defaultBranch, ...(origin.url === null ? {} : { url: origin.url }) },
  });
}
