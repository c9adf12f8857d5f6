import { eraseIdentities } from "@/lib/core/erase-identities";
import { AppError } from "@/lib/core/errors";
import { SENIORITIES } from "@/lib/core/rollout-words";
import { startOfDay } from "@/lib/core/zoned-time";
import { loadErased } from "@/lib/db/erased-identities";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { changeRoster } from "@/lib/settings/roster";
import { markSmallTeams } from "@/lib/settings/small-teams";
import { findOrAddPeople } from "./find-or-add-people";
import type { RosterLine } from "./read-roster-csv";

interface Entry extends RosterLine {
  person: number;
  team: string;
  since: Date;
  until: Date | null;
}

/** Refuses what a person would be twice at once in one team. */
function assertApart(entries: readonly Entry[]): void {
  const sorted = [...entries].sort(
    (a, b) =>
      a.person - b.person || (a.team < b.team ? -1 : a.team > b.team ? 1 : 0) || a.since.getTime() - b.since.getTime(),
  );
  for (const [index, entry] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before === undefined || before.person !== entry.person || before.team !== entry.team) continue;
    if (before.until !== null && before.until <= entry.since) continue;
    const [first, second] = [before.line, entry.line].sort((a, b) => a - b);
    throw new AppError({
      code: "unprocessable",
      message: `Line ${second}: the same person is in this team at the same time by line ${first}.`,
      pointer: "/csv",
    });
  }
}

export interface EnteredRoster {
  people: number;
  teams: number;
  lines: number;
}

const slugOf = (team: string): string => team.trim().toLowerCase().replace(/\s+/g, "-");

/**
 * Makes these lines what was entered of an organisation's roster: what was entered before is forgotten. Whoever is named in
 * it is in no other team than it says; everybody else stays where GitHub says that they are. All of its repositories are
 * projected again where something changed.
 * @throws {AppError} `not_found`, or `unprocessable` that names the line; nothing is changed then
 */
export async function enterRoster(slug: string, given: readonly RosterLine[]): Promise<EnteredRoster> {
  const [org] = await query<{ id: number; zone: string }>(
    sql`select id, time_zone as zone from organization where slug = ${slug}`,
  );
  if (org === undefined) throw new AppError({ code: "not_found", message: `There is no organisation ${slug}.` });
  return changeRoster(org.id, (client) => replaceEntered(client, { orgId: org.id, zone: org.zone }, given));
}

async function replaceEntered(
  client: PoolClient,
  { orgId, zone }: { orgId: number; zone: string },
  given: readonly RosterLine[],
): Promise<EnteredRoster> {
  const erased = await loadErased(client, orgId);
  // Only what has a number, known or not, is taken for somebody's account.
  const named = given.map((line) => ({ ...line, id: null }));
  const lines = erased === null ? named : eraseIdentities(named, erased);
  const persons = await findOrAddPeople(client, orgId, lines);
  const entries = lines.map((line, index): Entry => {
    const person = persons[index];
    if (person === undefined) throw new Error("A line has no person");
    return {
      ...line,
      team: slugOf(line.team),
      person,
      since: line.from === null ? new Date(0) : startOfDay(line.from, zone),
      until: line.to === null ? null : startOfDay(line.to, zone),
    };
  });
  assertApart(entries);
  const teams = new Map(lines.map(({ team }) => [slugOf(team), team.trim()]));
  await execute(
    sql`insert into team (org_id, slug, name) select ${orgId}, slug, name
      from unnest(${[...teams.keys()]}::text[], ${[...teams.values()]}::text[]) as t (slug, name)
      order by slug on conflict do nothing`,
    client,
  );
  const people = [...new Set(entries.map(({ person }) => person))];
  await execute(
    sql`delete from team_member where org_id = ${orgId} and (source = 'entered' or person_id = any(${people}::bigint[]))`,
    client,
  );
  await execute(
    sql`insert into team_member (org_id, team_id, person_id, valid_from, valid_to, fte, seniority, source)
      select ${orgId}, t.id, e.person, e.since, e.until, e.fte / 1000.0, e.seniority, 'entered'
      from unnest(${entries.map(({ team }) => team)}::text[], ${entries.map(({ person }) => person)}::bigint[],
          ${entries.map(({ since }) => since.toISOString())}::timestamptz[],
          ${entries.map(({ until }) => until?.toISOString() ?? null)}::timestamptz[],
          ${entries.map(({ fte }) => fte)}::integer[],
          ${entries.map(({ seniority }) => (seniority === null ? null : SENIORITIES.indexOf(seniority)))}::smallint[])
        as e (team, person, since, until, fte, seniority)
      join team t on t.org_id = ${orgId} and t.slug = e.team`,
    client,
  );
  await markSmallTeams(client, orgId);
  return { people: people.length, teams: teams.size, lines: entries.length };
}
