import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Retention } from "./types";

type RetentionKind = keyof Retention;

const KINDS: readonly RetentionKind[] = ["deliveries", "operations"];

const DEFAULT_DAYS: Readonly<Record<RetentionKind, number>> = { deliveries: 90, operations: 365 };

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
