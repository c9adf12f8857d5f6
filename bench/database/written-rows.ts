import { getPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { quoteIdentifier, sql } from "@/lib/db/sql";

/** The number of the transaction that would start now; what is written later has at least this one. */
export async function nextTransaction(): Promise<number> {
  const [row] = await query<{ xid: number }>(sql`select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as xid`);
  return row?.xid ?? 0;
}

/** How many rows of each fact and rollup table were written since a transaction; tables without any are left out. */
export async function writtenSince(xid: number): Promise<{ table: string; rows: number }[]> {
  const tables = await query<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and (relname like 'fact\\_%' or relname like 'rollup\\_%') order by relname`,
  );
  const written: { table: string; rows: number }[] = [];
  for (const { name } of tables) {
    // Transaction numbers of these databases are far from their wrap at two thousand million.
    const { rows } = await getPool().query<{ count: number }>(
      `select count(*) as count from ${quoteIdentifier(name)} where xmin::text::bigint >= $1`,
      [xid],
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0) written.push({ table: name, rows: count });
  }
  return written;
}
