import { identitiesOf } from "@/lib/core/erase-identities";
import { AppError } from "@/lib/core/errors";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { RosterLine } from "./read-roster-csv";

const identitiesIn = ({ email, login }: RosterLine): string[] => [
  ...(email === null ? [] : [identitiesOf.email(email)]),
  ...(login === null ? [] : [identitiesOf.login(login)]),
];

/** People by what they are known by; a login that GitHub's teams told finds them too. */
async function loadKnown(client: PoolClient, orgId: number, identities: string[]): Promise<Map<string, number>> {
  const rows = await query<{ identity: string; person: number }>(
    sql`select 'login:' || lower(login) as identity, id as person from person
        where org_id = ${orgId} and 'login:' || lower(login) = any(${identities}::text[])
      union all
      select identity, person_id from person_identity
        where org_id = ${orgId} and identity = any(${identities}::text[])`,
    client,
  );
  return new Map(rows.map(({ identity, person }) => [identity, person]));
}

function refuse({ email, line, login }: RosterLine): never {
  throw new AppError({
    code: "unprocessable",
    message: `Line ${line}: the login ${login} and the address ${email} belong to two people.`,
    pointer: "/csv",
  });
}

/** Adds people who are known by nothing yet. @returns their ids, in the order of the lines */
async function addPeople(client: PoolClient, orgId: number, lines: readonly RosterLine[]): Promise<number[]> {
  const rows = await query<{ id: number }>(
    sql`insert into person (org_id, login, name) select ${orgId}, login, name
      from unnest(${lines.map(({ login }) => login)}::text[], ${lines.map(({ name }) => name)}::text[])
        with ordinality as t (login, name, place) order by place returning id`,
    client,
  );
  return rows.map(({ id }) => id);
}

/**
 * The person of each line, whom a login or an address finds, of a line above too; somebody new where neither is known. What
 * they are called follows where a line says so.
 * @returns ids in the order of the lines
 * @throws {AppError} `unprocessable` for a line whose login and address belong to two people
 */
export async function findOrAddPeople(
  client: PoolClient,
  orgId: number,
  lines: readonly RosterLine[],
): Promise<number[]> {
  const known = await loadKnown(client, orgId, lines.flatMap(identitiesIn));
  // People who are new have a place among them until they have an id: below zero, as ids never are.
  const fresh: RosterLine[] = [];
  const found = lines.map((line) => {
    const identities = identitiesIn(line);
    const persons = new Set(identities.flatMap((identity) => known.get(identity) ?? []));
    if (persons.size > 1) refuse(line);
    const person = [...persons][0] ?? -fresh.push(line);
    for (const identity of identities) known.set(identity, person);
    return person;
  });
  const added = await addPeople(client, orgId, fresh);
  const idOf = (person: number): number => (person > 0 ? person : (added[-person - 1] ?? 0));
  const identities = [...new Set(lines.flatMap(identitiesIn))];
  await execute(
    sql`insert into person_identity (org_id, identity, person_id, source)
      select ${orgId}, identity, person, 'entered'
      from unnest(${identities}::text[], ${identities.map((identity) => idOf(known.get(identity) ?? 0))}::bigint[])
        as t (identity, person) on conflict do nothing`,
    client,
  );
  const named = new Map(lines.flatMap(({ name }, index) => (name === null ? [] : [[idOf(found[index] ?? 0), name]])));
  await execute(
    sql`update person p set name = n.name
      from unnest(${[...named.keys()]}::bigint[], ${[...named.values()]}::text[]) as n (id, name)
      where p.org_id = ${orgId} and p.id = n.id and p.name is distinct from n.name`,
    client,
  );
  return found.map(idOf);
}
