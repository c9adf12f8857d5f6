import { identitiesOf } from "@/lib/core/erase-identities";
import { AppError } from "@/lib/core/errors";
import { loadErased, lockForErasure, noteErased } from "@/lib/db/erased-identities";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { eraseEvents } from "@/lib/events/erase-events";
import { deleteDeliveriesAbout } from "@/lib/events/inbox/prune-deliveries";
import { eraseFromRoster } from "@/lib/settings/roster";

/** Whose data: what is known of them; the rest is looked up. */
export interface PersonToErase {
  login?: string | undefined;
  email?: string | undefined;
}

export interface Erasure {
  pseudonym: string;
  /** Rows of the log that named the person. */
  events: number;
  /** Bodies of deliveries that did, which are gone. */
  deliveries: number;
  /** Repositories whose facts are made again. */
  repositories: string[];
}

/** Everything by which the organisation's log and roster know a person: accounts, addresses, logins. */
async function knownAs(client: PoolClient, orgId: number, person: PersonToErase): Promise<string[]> {
  const given = [
    ...(person.login === undefined ? [] : [identitiesOf.login(person.login)]),
    ...(person.email === undefined ? [] : [identitiesOf.email(person.email)]),
  ];
  const rows = await query<{ identity: string }>(
    sql`with named as (
        select distinct e.actor ->> 'id' as account from event e
        where e.org_id = ${orgId} and lower(e.actor ->> 'login') = lower(${person.login ?? null})
        union select distinct e.payload #>> '{author,id}' from event e
        where e.org_id = ${orgId} and lower(e.payload #>> '{author,login}') = lower(${person.login ?? null})
        union select substr(i.identity, 4) from person_identity g
          join person_identity i on i.org_id = g.org_id and i.person_id = g.person_id and i.identity like 'id:%'
        where g.org_id = ${orgId} and g.identity = any(${given}::text[])
        union select distinct e.payload ->> 'accountId' from event e
        where e.org_id = ${orgId} and e.kind = 'pull_request.commit'
          and lower(e.payload #>> '{author,email}') = lower(${person.email ?? null})
      ), accounts as (select account from named where account is not null)
      select 'id:' || account as identity from accounts
      union select i.identity from person_identity g
        join person_identity i on i.org_id = g.org_id and i.person_id = g.person_id
        where g.org_id = ${orgId} and (g.identity = any(${given}::text[])
          or g.identity in (select 'id:' || account from accounts))
      union select 'login:' || lower(e.payload #>> '{author,login}') from event e
        where e.org_id = ${orgId} and e.payload #>> '{author,id}' in (select account from accounts)
      union select 'email:' || lower(e.payload #>> '{author,email}') from event e
        where e.org_id = ${orgId} and e.kind = 'pull_request.commit'
          and e.payload ->> 'accountId' in (select account from accounts)`,
    client,
  );
  return [...new Set([...given, ...rows.map(({ identity }) => identity)])].filter(
    (identity) => !identity.endsWith(":"),
  );
}

async function requestFacts(client: PoolClient, orgId: number, repositories: readonly string[]): Promise<void> {
  await execute(
    sql`insert into projection_request (org_id, repo, whole)
      select ${orgId}, repo, true from unnest(${[...repositories]}::text[]) repo`,
    client,
  );
  // What happens around pull requests is made again of an organisation as a whole.
  await execute(sql`update activity_state set facts_version = '' where org_id = ${orgId}`, client);
}

/**
 * Takes one person's data out of an organisation: accounts, names, addresses, trailers and mentions in the log become a
 * pseudonym, the same everywhere, so that what belongs together stays together and no figure changes. What comes of
 * them again is written under it too. Facts follow with the next projection. Backups, and what was exported, are elsewhere.
 * @param note writes down that it was done, and not to whom, in the same transaction
 * @throws {AppError} `not_found` for an unknown organisation or somebody who is in no event and no team
 */
export async function erasePerson(
  slug: string,
  person: PersonToErase,
  note: (client: PoolClient, erasure: Erasure) => Promise<void>,
): Promise<Erasure> {
  return withTransaction(
    async (client) => {
      const [org] = await query<{ id: number }>(sql`select id from organization where slug = ${slug}`, client);
      if (org === undefined) throw new AppError({ code: "not_found", message: `There is no organisation ${slug}.` });
      await lockForErasure(client, org.id);
      const identities = await knownAs(client, org.id, person);
      const pseudonym = await noteErased(client, org.id, identities);
      const erased = await loadErased(client, org.id);
      if (erased === null) throw new Error("Who was erased is not known");
      await eraseFromRoster(client, org.id, identities, pseudonym);
      const { events, repositories } = await eraseEvents(client, org.id, identities, erased);
      if (events === 0) {
        throw new AppError({
          code: "not_found",
          message: `Nothing in ${slug} names this person. Is it spelled right?`,
        });
      }
      await requestFacts(client, org.id, repositories);
      // Files that were made may name anybody; whoever needs one has it made again.
      await execute(sql`delete from report_piece`, client);
      await execute(sql`delete from report_file`, client);
      const deliveries = await deleteDeliveriesAbout(client, identities);
      const erasure = { pseudonym, events, deliveries, repositories };
      await note(client, erasure);
      return erasure;
    },
    { bulk: true },
  );
}
