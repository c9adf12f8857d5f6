import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** A group of fewer people than this is not shown by itself: its figures would be about persons. */
export const FEWEST_PEOPLE = 5;

/**
 * Which teams are counted together: those of fewer than five people, and then the next smallest until there are five
 * people among them, for else the rest of a total would tell of the few. Teams whose people are not known stay.
 * @param members people by team
 */
export function smallTeams(members: ReadonlyMap<number, ReadonlySet<number>>): Set<number> {
  const bySize = [...members].sort(([a, of], [b, other]) => of.size - other.size || a - b);
  const small = new Set<number>();
  const people = new Set<number>();
  for (const [team, of] of bySize) {
    if (of.size >= FEWEST_PEOPLE && (small.size === 0 || people.size >= FEWEST_PEOPLE)) break;
    small.add(team);
    for (const person of of) people.add(person);
  }
  return small;
}

/**
 * Writes down which teams of an organisation are small, from who is in them; a team that everybody left counts as it
 * last was, so that nobody shows by leaving.
 */
export async function markSmallTeams(client: PoolClient, orgId: number): Promise<void> {
  const rows = await query<{ teamId: number; personId: string }>(
    sql`select m.team_id as "teamId", m.person_id::text as "personId" from team_member m
      where m.org_id = ${orgId} and m.valid_to is not distinct from (
        select nullif(max(coalesce(l.valid_to, 'infinity')), 'infinity') from team_member l
        where l.org_id = ${orgId} and l.team_id = m.team_id)`,
    client,
  );
  const members = new Map<number, Set<number>>();
  for (const { personId, teamId } of rows) {
    const people = members.get(teamId) ?? new Set();
    members.set(teamId, people.add(Number(personId)));
  }
  const small = [...smallTeams(members)];
  await execute(
    sql`update team set is_small = not is_small
      where org_id = ${orgId} and is_small <> (id = any(${small}::integer[]))`,
    client,
  );
}
