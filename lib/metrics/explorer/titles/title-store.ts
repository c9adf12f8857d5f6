import { copyOut } from "@/lib/db/copy-out";
import type { PoolClient } from "@/lib/db/pool";
import { type Sql, sql } from "@/lib/db/sql";
import { Following, type OrgChange } from "@/lib/metrics/explorer/following";
import { TitleTable } from "./title-table";

/** What was loaded, to tell what was added since. */
interface Titles {
  table: TitleTable;
  loaded: { size: number; wordCount: number };
}

/** Titles and words beyond twice what was loaded are mostly of pull requests that are gone or of older titles. */
const SPARE_TITLES = 100_000;
const SPARE_WORDS = 1_000_000;

async function readTitles(client: PoolClient, table: TitleTable, statement: Sql): Promise<void> {
  await copyOut(client, statement, 3, (row) => table.set(row.int32(0), row.int32(1), row.bytes(2)));
}

async function load(client: PoolClient): Promise<Titles> {
  const table = new TitleTable();
  // In the order of the tables of facts: then a row's title stands behind the one of the row before.
  await readTitles(
    client,
    table,
    sql`select repo_id, number, title from fact_pull_request_detail
      order by org_id, date_trunc('milliseconds', merged_at), repo_id, number`,
  );
  await readTitles(
    client,
    table,
    sql`select repo_id, number, title from fact_closed_pull_request
      order by org_id, date_trunc('milliseconds', closed_at), repo_id, number`,
  );
  return { table, loaded: { size: table.size, wordCount: table.wordCount } };
}

/** Titles of removed pull requests stay: no row leads to them. */
async function follow(client: PoolClient, { table }: Titles, change: OrgChange): Promise<void> {
  for (const facts of [sql`fact_pull_request_detail`, sql`fact_closed_pull_request`]) {
    await followOne(client, table, sql`select d.repo_id, d.number, d.title from ${facts} d`, change);
  }
}

async function followOne(
  client: PoolClient,
  table: TitleTable,
  ofOrg: Sql,
  { noteIds, orgId, wholeRepos }: OrgChange,
): Promise<void> {
  if (wholeRepos === null) return readTitles(client, table, sql`${ofOrg} where d.org_id = ${orgId}`);
  await readTitles(
    client,
    table,
    sql`${ofOrg} where d.org_id = ${orgId} and d.repo_id = any(${wholeRepos}::int[])
      union all
      ${ofOrg} join (
        select distinct c.repo_id, n.number from fact_change c cross join lateral unnest(c.numbers) as n (number)
        where c.org_id = ${orgId} and c.id = any(${noteIds}::bigint[])
      ) k on d.org_id = ${orgId} and d.repo_id = k.repo_id and d.number = k.number`,
  );
}

/** Next.js bundles this module once per entry, so the titles of a process hang on the global object. */
const holder: typeof globalThis & { fleetgaugeTitles?: Following<Titles> } = globalThis;

/**
 * The titles of all pull requests, loaded by the first search and up to date since. Rows of facts lead to them, so a
 * scope that hides the rows hides the titles.
 */
export async function openTitles(): Promise<TitleTable> {
  holder.fleetgaugeTitles ??= new Following({
    load,
    follow,
    isWasteful: ({ loaded, table }) =>
      table.size > 2 * loaded.size + SPARE_TITLES || table.wordCount > 2 * loaded.wordCount + SPARE_WORDS,
  });
  return (await holder.fleetgaugeTitles.current()).table;
}
