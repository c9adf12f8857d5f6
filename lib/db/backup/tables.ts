import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

export interface BackedUpTable {
  name: string;
  /** Columns that are stored; generated ones make themselves. */
  columns: string[];
}

/** What was applied is the database's own, and so are notes of changes: they hold transactions of the server. */
const LEFT_OUT = ["_prisma_migrations", "fact_change", "fact_change_horizon", "course_request", "effort_request"];

/** Every table of the product, what others refer to before those. */
export async function listTables(client: PoolClient): Promise<BackedUpTable[]> {
  const tables = await query<{ name: string; columns: string[] }>(
    sql`select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relname = any(${LEFT_OUT})
      group by c.relname order by c.relname`,
    client,
  );
  const references = await query<{ from: string; to: string }>(
    sql`select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`,
    client,
  );
  const sorted: BackedUpTable[] = [];
  const placed = new Set<string>();
  while (sorted.length < tables.length) {
    const ready = tables.filter(
      ({ name }) => !placed.has(name) && references.every(({ from, to }) => from !== name || placed.has(to)),
    );
    if (ready.length === 0) throw new Error("Tables refer to each other in a circle");
    for (const table of ready) {
      sorted.push(table);
      placed.add(table.name);
    }
  }
  return sorted;
}

/** The names of the applied migrations, in order. */
export async function listMigrations(client: PoolClient): Promise<string[]> {
  const rows = await query<{ name: string }>(
    sql`select migration_name as name from _prisma_migrations where finished_at is not null order by migration_name`,
    client,
  );
  return rows.map(({ name }) => name);
}
