import { type CopyValue, copyRows } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { RepositoryRef } from "./projection-context";

/** Small fact tables of a repository, which are compared as a whole. */
const TABLES = {
  fact_direct_push: "fact_direct_push",
  fact_unknown_bot: "fact_unknown_bot",
  fact_repository: "fact_repository",
} as const;

export type SmallTable = keyof typeof TABLES;

/**
 * Makes these the rows of a repository in a small table; writes nothing when they are there already.
 * @param columns what `rows` hold, after `org_id` and `repo_id`
 */
export async function replaceRows(
  client: PoolClient,
  { orgId, repoId }: RepositoryRef,
  { table, columns, rows }: { table: SmallTable; columns: readonly string[]; rows: readonly (readonly CopyValue[])[] },
): Promise<void> {
  const target = sql.ident(TABLES, table);
  const stored = await query<Record<string, unknown>>(
    sql`select * from ${target} where org_id = ${orgId} and repo_id = ${repoId}`,
    client,
  );
  const before = stored.map((row) => JSON.stringify(columns.map((column) => row[column]))).sort();
  const now = rows.map((row) => JSON.stringify(row)).sort();
  if (before.length === now.length && before.every((text, at) => text === now[at])) return;
  if (before.length > 0) {
    await execute(sql`delete from ${target} where org_id = ${orgId} and repo_id = ${repoId}`, client);
  }
  if (rows.length === 0) return;
  await copyRows(
    client,
    table,
    ["org_id", "repo_id", ...columns],
    rows.map((row) => [orgId, repoId, ...row]),
  );
}
