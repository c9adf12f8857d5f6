import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { clearFacts } from "./clear-facts";
import { loadProjectionContext, type RepositoryKey, type RepositoryRef } from "./projection-context";
import { replaceFacts } from "./replace-facts";
import { lockRepository } from "./repository-lock";

/** The fact and rollup tables, as the names that SQL takes. */
const FACT_TABLES = {
  fact_pull_request: "fact_pull_request",
  fact_pull_request_detail: "fact_pull_request_detail",
  fact_rollback: "fact_rollback",
  fact_direct_push: "fact_direct_push",
  fact_unknown_bot: "fact_unknown_bot",
  fact_repository: "fact_repository",
  rollup_repository_day: "rollup_repository_day",
} as const;

type FactTable = keyof typeof FACT_TABLES;
const TABLE_NAMES = Object.keys(FACT_TABLES) as FactTable[];

/** Number of rows and a sum of row hashes per table: equal exactly when the rows are equal, in whatever order. */
export type FactDigest = Record<FactTable, string>;

/** The digest of one repository's facts as this connection sees them. */
export async function digestFacts({ orgId, repoId }: RepositoryRef, client?: PoolClient): Promise<FactDigest> {
  const entries: [FactTable, string][] = [];
  for (const table of TABLE_NAMES) {
    const [row] = await query<{ digest: string }>(
      sql`select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as digest
        from ${sql.ident(FACT_TABLES, table)} t where org_id = ${orgId} and repo_id = ${repoId}`,
      client,
    );
    entries.push([table, row?.digest ?? ""]);
  }
  return Object.fromEntries(entries) as FactDigest;
}

/** Ends a transaction without keeping anything of it. */
class Discard extends Error {
  constructor(readonly digests: { stored: FactDigest; rebuilt: FactDigest }) {
    super("discard");
  }
}

async function digestOfRebuild(key: RepositoryKey): Promise<{ stored: FactDigest; rebuilt: FactDigest }> {
  try {
    await withTransaction(
      async (client) => {
        await lockRepository(client, key, { wait: true });
        const context = await loadProjectionContext(client, key);
        const stored = await digestFacts(context, client);
        // Stored rows are what is in question: none of them may be taken for right.
        await clearFacts(client, context);
        await replaceFacts(client, context);
        throw new Discard({ stored, rebuilt: await digestFacts(context, client) });
      },
      { bulk: true },
    );
  } catch (error) {
    if (error instanceof Discard) return error.digests;
    throw error;
  }
  throw new Error("The rebuild for comparison was kept");
}

export interface Mismatch extends RepositoryKey {
  /** Tables whose stored rows differ from what the log gives. */
  tables: FactTable[];
}

/** Rows that were changed by hand have the digest of what they held before: the next rebuild must not believe it. */
async function forgetDigests(orgId: number, repo: string): Promise<void> {
  for (const statement of [
    sql`update fact_pull_request_detail d set digest = null from repository r
      where d.org_id = ${orgId} and d.repo_id = r.id and r.org_id = ${orgId} and r.name = ${repo}`,
    sql`update fact_rollback b set digest = null from repository r
      where b.org_id = ${orgId} and b.repo_id = r.id and r.org_id = ${orgId} and r.name = ${repo}`,
  ]) {
    await execute(statement);
  }
}

/**
 * Computes every repository's facts from the log again, compares them with the stored ones, and keeps nothing. A rebuild
 * then writes all rows of those that differ anew.
 * @returns the number of repositories checked and those that differ
 */
export async function verifyFacts(): Promise<{ checked: number; mismatches: Mismatch[] }> {
  const keys = await query<{ org_id: number; name: string }>(
    sql`select org_id, name from repository order by org_id, name`,
  );
  const mismatches: Mismatch[] = [];
  for (const { org_id, name } of keys) {
    const key = { orgId: org_id, repo: name };
    const { stored, rebuilt } = await digestOfRebuild(key);
    const tables = TABLE_NAMES.filter((table) => stored[table] !== rebuilt[table]);
    if (tables.length === 0) continue;
    mismatches.push({ ...key, tables });
    await forgetDigests(org_id, name);
  }
  return { checked: keys.length, mismatches };
}
