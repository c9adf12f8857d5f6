import { eraseIdentities, pseudonymousIdentity } from "@/lib/core/erase-identities";
import { loadErased } from "@/lib/db/erased-identities";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { markSmallTeams } from "./small-teams";

/** Someone as a list of members names them. */
export interface RosterMember {
  /** GitHub's number of the account: what identifies them. */
  id: string;
  login: string;
  name: string | null;
}

/**
 * Makes sure that people are known by their accounts' numbers; what they are called now is kept.
 * @returns the person's id by the account's number
 */
async function ensurePeople(
  client: PoolClient,
  orgId: number,
  members: readonly RosterMember[],
): Promise<Map<string, number>> {
  const byId = new Map(members.map((member) => [member.id, member]));
  const people = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id, login, name } of people) {
    const [known] = await query<{ personId: number }>(
      sql`update person p set login = ${login}, name = coalesce(${name}, p.name) from person_identity i
        where i.org_id = ${orgId} and i.identity = ${`id:${id}`} and p.org_id = i.org_id and p.id = i.person_id
        returning p.id as "personId"`,
      client,
    );
    if (known !== undefined) continue;
    // Somebody whom a roster named by nothing else than their login is the same person.
    const named = await execute(
      sql`insert into person_identity (org_id, identity, person_id, source)
        select ${orgId}, ${`id:${id}`}, i.person_id, 'github' from person_identity i
        where i.org_id = ${orgId} and i.identity = ${`login:${login.toLowerCase()}`} and not exists (
          select from person_identity o where o.org_id = i.org_id and o.person_id = i.person_id and o.identity like 'id:%')`,
      client,
    );
    if (named > 0) continue;
    await execute(
      sql`with made as (
          insert into person (org_id, login, name) values (${orgId}, ${login}, ${name}) returning id
        )
        insert into person_identity (org_id, identity, person_id, source)
        select ${orgId}, ${`id:${id}`}, id, 'github' from made`,
      client,
    );
  }
  const rows = await query<{ identity: string; personId: number }>(
    sql`select identity, person_id as "personId" from person_identity
      where org_id = ${orgId} and identity = any(${people.map(({ id }) => `id:${id}`)}::text[])`,
    client,
  );
  return new Map(rows.map(({ identity, personId }) => [identity.slice("id:".length), personId]));
}

/**
 * Takes in who is in each team now, inside the caller's transaction: who is new since an instant, and who left at it. A
 * membership that was once written is never changed, so a move never restates an earlier month.
 * @param read who is in which team; people whose data was erased stay under their pseudonym
 * @param since from when on new members count: the beginning where teams are read for the first time, since nobody knows
 * how long they have been in them
 */
export async function takeRoster(
  client: PoolClient,
  orgId: number,
  read: readonly { slug: string; name: string; members: readonly RosterMember[] }[],
  { since, now }: { since: Date; now: Date },
): Promise<void> {
  await lockRoster(client, orgId);
  const erased = await loadErased(client, orgId);
  const teams = erased === null ? read : eraseIdentities(read, erased);
  const people = await ensurePeople(
    client,
    orgId,
    teams.flatMap(({ members }) => members),
  );
  const present = new Set<string>();
  for (const { members, name, slug } of [...teams].sort((a, b) => (a.slug < b.slug ? -1 : 1))) {
    const [team] = await query<{ id: number }>(
      sql`insert into team (org_id, slug, name) values (${orgId}, ${slug}, ${name})
        on conflict (org_id, slug) do update set name = excluded.name returning id`,
      client,
    );
    if (team === undefined) throw new Error(`The team ${slug} was not written`);
    for (const { id } of members) {
      const personId = people.get(id);
      if (personId === undefined) throw new Error("A member has no person");
      present.add(`${team.id} ${personId}`);
      await execute(
        sql`insert into team_member (org_id, team_id, person_id, valid_from)
          select ${orgId}, ${team.id}, ${personId}, ${since} where not exists (
            select from team_member where org_id = ${orgId} and person_id = ${personId}
              and (source = 'entered' or (team_id = ${team.id} and valid_to is null)))`,
        client,
      );
    }
  }
  const open = await query<{ teamId: number; personId: number }>(
    sql`select team_id as "teamId", person_id as "personId" from team_member
      where org_id = ${orgId} and valid_to is null and source = 'github'`,
    client,
  );
  const left = open.filter(({ personId, teamId }) => !present.has(`${teamId} ${personId}`));
  await execute(
    sql`update team_member m set valid_to = ${now} from unnest(${left.map(({ teamId }) => teamId)}::integer[],
        ${left.map(({ personId }) => personId)}::bigint[]) as l (team_id, person_id)
      where m.org_id = ${orgId} and m.team_id = l.team_id and m.person_id = l.person_id and m.valid_to is null`,
    client,
  );
  await markSmallTeams(client, orgId);
}

/**
 * Links addresses and logins with the accounts that have them, as far as commits say so: an address that two accounts claim
 * is nobody's, and names link nothing. Only people who are in a team matter.
 */
export async function linkIdentities(client: PoolClient, orgId: number): Promise<void> {
  await execute(
    sql`insert into person_identity (org_id, identity, person_id, source)
      select ${orgId}, 'email:' || l.email, i.person_id, 'commit'
      from (
        select lower(payload #>> '{author,email}') as email, min(payload ->> 'accountId') as account
        from event where org_id = ${orgId} and kind = 'pull_request.commit' and payload ? 'accountId'
        group by 1 having count(distinct payload ->> 'accountId') = 1
      ) l join person_identity i on i.org_id = ${orgId} and i.identity = 'id:' || l.account
      where l.email <> '' and l.email not like '%@users.noreply.github.com'
      order by l.email on conflict do nothing`,
    client,
  );
  await execute(
    sql`insert into person_identity (org_id, identity, person_id, source)
      select p.org_id, 'login:' || lower(p.login), p.id, 'github' from person p
      where p.org_id = ${orgId} and p.login is not null order by p.id
      on conflict (org_id, identity) do update set person_id = excluded.person_id`,
    client,
  );
}

/**
 * What facts of old landings depend on of all this: memberships that count from the beginning or were entered, and who has
 * which address.
 * Later memberships say themselves from when on they count.
 */
export async function rosterBasis(client: PoolClient, orgId: number): Promise<string | null> {
  const [row] = await query<{ basis: string | null }>(
    sql`select md5(string_agg(line, ',' order by line)) as basis from (
        select 'm' || team_id || ':' || person_id as line from team_member
          where org_id = ${orgId} and valid_from = 'epoch'
        union all
        select 'e' || team_id || ':' || person_id || ':' || extract(epoch from valid_from) || ':' || coalesce(extract(epoch from valid_to)::text, '')
          from team_member where org_id = ${orgId} and source = 'entered'
        union all
        select 'i' || identity || ':' || person_id from person_identity
          where org_id = ${orgId} and identity not like 'id:%'
      ) l`,
    client,
  );
  return row?.basis ?? null;
}

/** Puts a pseudonym in the place of whoever has these identities; they stay in their teams. */
export async function eraseFromRoster(
  client: PoolClient,
  orgId: number,
  identities: readonly string[],
  pseudonym: string,
): Promise<void> {
  const login = pseudonymousIdentity("login:", pseudonym).slice("login:".length);
  await execute(
    sql`update person set name = 'Erased person', login = ${login}
      where org_id = ${orgId} and id in (select person_id from person_identity
        where org_id = ${orgId} and identity = any(${[...identities]}::text[]))`,
    client,
  );
  const instead = identities.map((identity) => pseudonymousIdentity(identity, pseudonym));
  await execute(
    sql`insert into person_identity (org_id, identity, person_id, source)
      select distinct on (n.instead) p.org_id, n.instead, p.person_id, p.source
      from unnest(${[...identities]}::text[], ${instead}::text[]) as n (identity, instead)
        join person_identity p on p.org_id = ${orgId} and p.identity = n.identity
      order by n.instead, p.person_id on conflict do nothing`,
    client,
  );
  await execute(
    sql`delete from person_identity where org_id = ${orgId} and identity = any(${[...identities]}::text[])`,
    client,
  );
}

/** Waits until nobody else changes an organisation's roster, and lets nobody until the transaction ends. */
async function lockRoster(client: PoolClient, orgId: number): Promise<void> {
  await query(sql`select pg_advisory_xact_lock(hashtextextended('roster:' || ${orgId}::text, 0))`, client);
}

/** Changes who is who, and has everything projected again that rests on it. */
export async function changeRoster<Result>(
  orgId: number,
  change: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return withTransaction(async (client) => {
    await lockRoster(client, orgId);
    const before = await rosterBasis(client, orgId);
    const result = await change(client);
    if ((await rosterBasis(client, orgId)) === before) return result;
    await execute(
      sql`insert into projection_request (org_id, repo, whole)
        select r.org_id, r.name, true from repository r join fact_repository f on f.org_id = r.org_id and f.repo_id = r.id
        where r.org_id = ${orgId} order by r.id`,
      client,
    );
    return result;
  });
}
