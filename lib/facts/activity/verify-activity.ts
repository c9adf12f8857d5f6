import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { replaceActivity } from "./project-activity";
import { ACTIVITY_TABLE_NAMES, ACTIVITY_TABLES, type ActivityTable } from "./tables";
import { lockActivity } from "./write-activity-facts";

/** Number of rows and a sum of row hashes per table: equal exactly when the rows are equal, in whatever order. */
export type ActivityDigest = Record<ActivityTable, string>;

/** The digest of one organisation's activity facts as this connection sees them. */
export async function digestActivity(orgId: number, client?: PoolClient): Promise<ActivityDigest> {
  const entries: [ActivityTable, string][] = [];
  for (const table of ACTIVITY_TABLE_NAMES) {
    const [row] = await query<{ digest: string }>(
      sql`select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as digest
        from ${sql.ident(ACTIVITY_TABLES, table)} t where org_id = ${orgId}`,
      client,
    );
    entries.push([table, row?.digest ?? ""]);
  }
  return Object.fromEntries(entries) as ActivityDigest;
}

/** Ends a transaction without keeping anything of it. */
class Discard extends Error {
  constructor(readonly tables: ActivityTable[]) {
    super("discard");
  }
}

async function differingTables(orgId: number): Promise<ActivityTable[]> {
  try {
    await withTransaction(
      async (client) => {
        await lockActivity(client, orgId);
        const stored = await digestActivity(orgId, client);
        await replaceActivity(client, orgId);
        const rebuilt = await digestActivity(orgId, client);
        throw new Discard(ACTIVITY_TABLE_NAMES.filter((table) => stored[table] !== rebuilt[table]));
      },
      { bulk: true },
    );
  } catch (error) {
    if (error instanceof Discard) return error.tables;
    throw error;
  }
  throw new Error("The rebuild for comparison was kept");
}

export interface ActivityMismatch {
  orgId: number;
  /** Activity is compared per organisation: costs and incidents belong to no repository. */
  repo: null;
  /** Tables whose stored rows differ from what the log gives. */
  tables: ActivityTable[];
}

/**
 * Computes every organisation's activity facts from the log again, compares them with the stored ones, and keeps nothing.
 * @returns the number of organisations checked and those that differ
 */
export async function verifyActivity(): Promise<{ checked: number; mismatches: ActivityMismatch[] }> {
  const rows = await query<{ id: number }>(sql`select id from organization order by id`);
  const mismatches: ActivityMismatch[] = [];
  for (const { id } of rows) {
    const tables = await differingTables(id);
    if (tables.length > 0) mismatches.push({ orgId: id, repo: null, tables });
  }
  return { checked: rows.length, mismatches };
}
