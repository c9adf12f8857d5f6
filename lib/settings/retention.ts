import { execute, query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Retention } from "./types";

type RetentionKind = keyof Retention;

const KINDS: readonly RetentionKind[] = ["deliveries", "operations"];

const DEFAULT_DAYS: Readonly<Record<RetentionKind, number>> = { deliveries: 90, operations: 365 };

/** Rows that one statement deletes: a transaction that ends soon, whatever has gathered. */
const PORTION = 5000;

/** What holds: what was chosen, else what is usual. */
export async function readRetention(): Promise<Retention> {
  const rows = await query<{ kind: RetentionKind; days: number | null }>(sql`select kind, days from retention`);
  const days = new Map(rows.map((row) => [row.kind, row.days]));
  // Null is for ever, so only a kind without a row is what nobody chose.
  const chosen = (kind: RetentionKind) => days.get(kind) ?? (days.has(kind) ? null : DEFAULT_DAYS[kind]);
  return { deliveries: chosen("deliveries"), operations: chosen("operations") };
}

export async function saveRetention(retention: Retention): Promise<void> {
  await withTransaction(async (client) => {
    for (const kind of KINDS) {
      await execute(
        sql`insert into retention (kind, days) values (${kind}, ${retention[kind]})
          on conflict (kind) do update set days = excluded.days`,
        client,
      );
    }
  });
}

/** What has been used and is older than `days`. What still waits, or failed and was not looked at, is kept. */
const OLD: Readonly<Record<RetentionKind, (days: number) => Sql>> = {
  deliveries: (days) =>
    sql`delete from inbox where id in (select id from inbox
      where state in ('processed', 'ignored') and received_at < now() - make_interval(days => ${days})
      order by id limit ${PORTION})`,
  operations: (days) =>
    sql`delete from operation where id in (select id from operation
      where state not in ('queued', 'running') and updated_at < now() - make_interval(days => ${days})
      order by created_at limit ${PORTION})`,
};

/** Deletes what is older than its kind is kept. @returns how many rows of each kind */
export async function applyRetention(signal?: AbortSignal): Promise<Record<RetentionKind, number>> {
  const retention = await readRetention();
  const deleted = { deliveries: 0, operations: 0 };
  for (const kind of KINDS) {
    const days = retention[kind];
    if (days === null) continue;
    let portion = PORTION;
    while (portion === PORTION) {
      signal?.throwIfAborted();
      portion = await execute(OLD[kind](days));
      deleted[kind] += portion;
    }
  }
  return deleted;
}
