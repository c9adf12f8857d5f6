import { COMPANY_NAME, type Company, OWNER, START } from "@/bench/company/company";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository, setRepositoryOwner } from "@/lib/settings/repositories";
import { ensureTeams } from "@/lib/settings/teams";

/** Writes what an administrator would have entered. @returns the organisation's id */
export async function writeSettings(company: Company): Promise<number> {
  const organization = await ensureOrganization({ slug: OWNER, name: COMPANY_NAME });
  const teamIds = await ensureTeams(
    organization.id,
    company.teams.map(({ slug, name }) => ({ slug, name })),
  );
  for (const { name, team } of company.repositories) {
    const repoId = await ensureRepository(organization.id, name);
    const teamId = teamIds.get(team.slug);
    if (teamId === undefined) throw new Error(`The company names the team ${team.slug} and does not define it`);
    await setRepositoryOwner({ orgId: organization.id, repoId, teamId, validFrom: new Date(START) });
  }
  return organization.id;
}
