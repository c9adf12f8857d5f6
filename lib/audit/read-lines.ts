import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import type { AuditActor, AuditItem, AuditValue } from "./types";

interface Row {
  seq: number;
  at: Date;
  actor_kind: AuditActor["kind"];
  actor_id: string | null;
  actor_name: string;
  address: string | null;
  user_agent: string | null;
  action: string;
  target_kind: string;
  target_id: string | null;
  target_name: string | null;
  before: AuditValue;
  after: AuditValue;
  hash: Uint8Array;
}

/** Reads lines of the log. @param rest what follows `from audit_event` */
export async function readLines(rest: Sql, client?: Queryable): Promise<AuditItem[]> {
  const rows = await query<Row>(
    sql`select seq, at, actor_kind, actor_id, actor_name, address, user_agent, action, target_kind, target_id,
        target_name, before, after, hash from audit_event ${rest}`,
    client,
  );
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    actor: {
      kind: row.actor_kind,
      id: row.actor_id,
      name: row.actor_name,
      address: row.address,
      userAgent: row.user_agent,
    },
    action: row.action,
    target: { kind: row.target_kind, id: row.target_id, name: row.target_name },
    before: row.before,
    after: row.after,
    hash: Buffer.from(row.hash).toString("hex"),
  }));
}
