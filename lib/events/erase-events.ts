import { type Erased, eraseIdentities } from "@/lib/core/erase-identities";
import { toJsonText } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** Events that are read and written at once. */
const PORTION = 500;

/** What any text that names somebody by an identity (`login:ada`) holds, for `ilike`. */
const patternOf = (identity: string): string =>
  `%${identity.slice(identity.indexOf(":") + 1).replaceAll(/[\\%_]/g, "\\$&")}%`;

/**
 * Writes pseudonyms into the log of an organisation, in the place of people with these identities: the only change that
 * is ever made to it (decision 0022).
 * @returns how many events named them, and the repositories of these
 */
export async function eraseEvents(
  client: PoolClient,
  orgId: number,
  identities: readonly string[],
  erased: Erased,
): Promise<{ events: number; repositories: string[] }> {
  const patterns = identities.map(patternOf);
  const repositories = new Set<string>();
  let events = 0;
  for (let after = 0; ; ) {
    const rows = await query<{ seq: number; repo: string | null; actor: unknown; payload: unknown }>(
      sql`select seq, repo, actor, payload from event
        where org_id = ${orgId} and seq > ${after}
          and (payload::text ilike any(${patterns}::text[]) or actor::text ilike any(${patterns}::text[]))
        order by seq limit ${PORTION}`,
      client,
    );
    const last = rows.at(-1);
    if (last === undefined) return { events, repositories: [...repositories].sort() };
    after = last.seq;
    const changed = rows.flatMap(({ actor, payload, repo, seq }) => {
      const next = { seq, actor: eraseIdentities(actor, erased), payload: eraseIdentities(payload, erased) };
      if (JSON.stringify([actor, payload]) === JSON.stringify([next.actor, next.payload])) return [];
      if (repo !== null) repositories.add(repo);
      return [next];
    });
    events += await execute(
      sql`update event e set actor = nullif(n.actor, 'null'), payload = n.payload
        from jsonb_to_recordset(${toJsonText(changed)}::jsonb) as n (seq bigint, actor jsonb, payload jsonb)
        where e.org_id = ${orgId} and e.seq = n.seq`,
      client,
    );
  }
}
