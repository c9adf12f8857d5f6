import type { Queryable } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

const IS_READ = sql`(state in ('processed', 'ignored') or (state = 'failed' and source <> 'github'))`;

/**
 * Deletes deliveries that were read and are older than `days`, the oldest first; one of GitHub that waits or failed is kept. What
 * programs told and was refused was answered so: it goes with the others.
 * @returns how many; at most `most`
 */
export async function pruneDeliveries(days: number, most: number): Promise<number> {
  return execute(
    sql`delete from inbox where id in (select id from inbox
      where ${IS_READ} and received_at < now() - make_interval(days => ${days})
      order by id limit ${most})`,
  );
}

/** How a body holds an identity (`id:1001`, `login:ada`, `email:ada@acme.test`), for `ilike`. */
function patternsOf(identity: string): string[] {
  const at = identity.indexOf(":");
  const text = identity.slice(at + 1).replaceAll(/[\\%_]/g, "\\$&");
  switch (identity.slice(0, at)) {
    case "id":
      return [`%"id":${text},%`, `%"id":${text}}%`, `%"${text}+%`];
    case "login":
      return [`%"${text}"%`, `%"${text}/%`, `%@${text}%`, `%+${text}@%`];
    default:
      return [`%${text}%`];
  }
}

/** Deletes deliveries that were read and name a person by one of these identities. @returns how many */
export async function deleteDeliveriesAbout(client: Queryable, identities: readonly string[]): Promise<number> {
  // As escaped text: a body is bytes, and not every one of them has to be UTF-8.
  return execute(
    sql`delete from inbox where ${IS_READ}
      and encode(body, 'escape') ilike any(${identities.flatMap(patternsOf)}::text[])`,
    client,
  );
}
