import { type Sql, sql } from "@/lib/db/sql";
import { readLines } from "./read-lines";
import type { AuditListQuery } from "./schema";
import type { AuditItem } from "./types";

function conditionsOf({ action, actor, cursor, from, to }: AuditListQuery): Sql {
  const conditions: Sql[] = [sql`true`];
  // Compared as text from the start: what is searched for is never a pattern.
  if (action !== undefined) conditions.push(sql`starts_with(action, ${action})`);
  if (actor !== undefined) conditions.push(sql`(actor_id = ${actor} or lower(actor_name) = ${actor.toLowerCase()})`);
  if (from !== undefined) conditions.push(sql`at >= ${from}::timestamptz`);
  if (to !== undefined) conditions.push(sql`at < ${to}::timestamptz`);
  if (cursor !== undefined) conditions.push(sql`seq < ${Number(cursor)}`);
  return sql.join(conditions, " AND ");
}

/** One page of the audit log, the newest line first. */
export async function listAudit(query: AuditListQuery): Promise<{ items: AuditItem[]; nextCursor: string | null }> {
  const found = await readLines(sql`where ${conditionsOf(query)} order by seq desc limit ${query.limit + 1}`);
  const items = found.slice(0, query.limit);
  return { items, nextCursor: found.length > query.limit ? String(items.at(-1)?.seq) : null };
}

/** Every line that passes the filters, page after page: what an export streams. */
export async function* everyLine(query: AuditListQuery): AsyncGenerator<AuditItem> {
  let cursor: string | null | undefined = query.cursor;
  do {
    const page: { items: AuditItem[]; nextCursor: string | null } = await listAudit({
      ...query,
      limit: 2000,
      cursor: cursor ?? undefined,
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
