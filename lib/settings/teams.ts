import { getPrisma } from "@/lib/db/prisma-client";

/** Team ids by slug, each created when it is new; a CODEOWNERS file may name a team before anyone set it up. */
export async function ensureTeams(
  orgId: number,
  teams: { slug: string; name: string }[],
): Promise<Map<string, number>> {
  if (teams.length > 0) {
    await getPrisma().team.createMany({ data: teams.map((team) => ({ orgId, ...team })), skipDuplicates: true });
  }
  const rows = await getPrisma().team.findMany({ where: { orgId }, select: { id: true, slug: true } });
  return new Map(rows.map((row) => [row.slug, row.id]));
}
