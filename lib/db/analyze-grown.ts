import type { Queryable } from "./pool";
import { execute, query } from "./query";
import { sql } from "./sql";

/** A table is looked at anew when it has twice as many pages as when the planner looked last, and at least so many. */
const GROWN_FACTOR = 2;
const FEWEST_PAGES = 200;

/**
 * Lets the planner look at tables that grew since it did, after an import has just filled them: it would take them for empty until
 * autovacuum comes, a minute later, and join hundreds of thousands of rows one by one. Goes by the size of the files, since counters
 * are told late.
 * @param tables by their names
 * @returns the names of those that were looked at
 */
export async function analyzeGrown(tables: Readonly<Record<string, string>>, client?: Queryable): Promise<string[]> {
  const grown = await query<{ name: string }>(
    sql`select relname as name from pg_class
      where relnamespace = current_schema()::regnamespace and relname = any(${Object.keys(tables)}::text[]) and relkind = 'r'
        and pg_relation_size(oid) / current_setting('block_size')::integer > greatest(relpages * ${GROWN_FACTOR}, ${FEWEST_PAGES})
      order by relname`,
    client,
  );
  for (const { name } of grown) await execute(sql`analyze ${sql.ident(tables, name)}`, client);
  return grown.map(({ name }) => name);
}
