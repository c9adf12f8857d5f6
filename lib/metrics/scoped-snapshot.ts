import type { Scope } from "@/lib/auth/scope";
import type { PoolClient } from "@/lib/db/pool";
import { type QueryResultRow, query } from "@/lib/db/query";
import { getReadPool } from "@/lib/db/read-pool";
import { canBecomeReader, READER_ROLE } from "@/lib/db/reader-role";
import { type Sql, sql } from "@/lib/db/sql";
import { withSnapshot } from "./snapshot";

const isWhole = ({ organizations, teams }: Scope): boolean => organizations === "all" && teams === "all";

const settingOf = (ids: "all" | readonly number[]): string => (ids === "all" ? "all" : `{${ids.join()}}`);

/**
 * Makes the rest of a transaction read as a role that row level security keeps inside of the scope: a statement that
 * forgets to ask for it gives no foreign row. A role that the database does not have is reported by `fleetgauge doctor`.
 */
async function becomeReader(client: PoolClient, { organizations, teams }: Scope): Promise<void> {
  if (!(await canBecomeReader(getReadPool()))) return;
  await query(
    sql`select set_config('fleetgauge.organizations', ${settingOf(organizations)}, true),
      set_config('fleetgauge.teams', ${settingOf(teams)}, true), set_config('role', ${READER_ROLE}, true)`,
    client,
  );
}

/** A snapshot for one scope: what the scope hides is not there, whatever is asked. */
export async function withScopedSnapshot<Result>(
  scope: Scope,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return withSnapshot(async (client) => {
    if (!isWhole(scope)) await becomeReader(client, scope);
    return work(client);
  });
}

/** One statement for one scope; it takes a transaction only where the scope hides something. */
export async function queryScoped<Row extends QueryResultRow>(scope: Scope, statement: Sql): Promise<Row[]> {
  if (isWhole(scope)) return query<Row>(statement, getReadPool());
  return withScopedSnapshot(scope, (client) => query<Row>(statement, client));
}
