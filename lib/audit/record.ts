import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { lockAuditHead } from "./audit-key";
import { hashLine } from "./chain";
import type { AuditEntry } from "./types";

/** What strangers send is cut to this before it is kept. */
const LONGEST_TEXT = 500;

const cut = (text: string | null): string | null => text?.slice(0, LONGEST_TEXT).replaceAll("\u0000", "") ?? null;

/**
 * Adds a line to the audit log, in the transaction of what it tells about: both are there, or neither. Call it last;
 * nobody else can add a line before that transaction ends.
 */
export async function recordAudit(client: Queryable, entry: AuditEntry): Promise<void> {
  const { hash: before, key, seq: last } = await lockAuditHead(client);
  const [clock] = await query<{ now: Date }>(sql`select clock_timestamp() as now`, client);
  const at = new Date(Math.floor((clock?.now ?? new Date(0)).getTime()));
  const { actor, target } = entry;
  const line = {
    seq: last + 1,
    at: at.toISOString(),
    actor: { ...actor, name: cut(actor.name) ?? "", userAgent: cut(actor.userAgent) },
    action: entry.action,
    target: { kind: target.kind, id: cut(target.id), name: cut(target.name) },
    before: entry.before ?? null,
    after: entry.after ?? null,
  };
  const hash = hashLine(key, before, line);
  await execute(
    sql`insert into audit_event (seq, at, actor_kind, actor_id, actor_name, address, user_agent, action, target_kind,
        target_id, target_name, before, after, hash)
      values (${line.seq}, ${at}, ${actor.kind}, ${actor.id}, ${line.actor.name}, ${actor.address},
        ${line.actor.userAgent}, ${line.action}, ${line.target.kind}, ${line.target.id}, ${line.target.name},
        ${JSON.stringify(line.before)}::jsonb, ${JSON.stringify(line.after)}::jsonb, ${hash})`,
    client,
  );
  await execute(sql`update installation set audit_seq = ${line.seq}, audit_hash = ${hash} where id = 1`, client);
}

/** The same for what has no transaction of its own, such as a sign-in that was refused. */
export async function recordAuditAlone(entry: AuditEntry): Promise<void> {
  await withTransaction((client) => recordAudit(client, entry));
}
