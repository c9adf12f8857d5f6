import { AppError } from "@/lib/core/errors";
import { getPrisma } from "@/lib/db/prisma-client";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { setRepositoryOwner } from "./repositories";
import { ensureTeams } from "./teams";

/**
 * Makes a team the owner of a repository from an instant on, and asks for the repository to be projected again: pull requests
 * that nothing else assigns belong to it from then on.
 * @param repository `organisation/name`
 * @param from null: from its beginning
 * @throws {AppError} `not_found` when there is no such repository
 */
export async function assignOwner({
  from,
  repository,
  team,
}: {
  repository: string;
  team: string;
  from: Date | null;
}): Promise<void> {
  const slash = repository.indexOf("/");
  const found = await getPrisma().repository.findFirst({
    where: { name: repository.slice(slash + 1), organization: { slug: repository.slice(0, slash) } },
    select: { id: true, orgId: true, name: true },
  });
  if (found === null) throw new AppError({ code: "not_found", message: `There is no repository ${repository}.` });
  const { id: repoId, name, orgId } = found;
  const slug = team.trim().toLowerCase().replace(/\s+/g, "-");
  const teamId = (await ensureTeams(orgId, [{ slug, name: team.trim() }])).get(slug);
  if (teamId === undefined) throw new Error(`The team ${slug} was not written`);
  await setRepositoryOwner({ orgId, repoId, teamId, validFrom: from ?? new Date(0) });
  await execute(sql`insert into projection_request (org_id, repo, whole) values (${orgId}, ${name}, true)`);
}
