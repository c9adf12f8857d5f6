import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type Connection, listConnections } from "@/lib/settings/github/connections";
import { connectionItemSchema } from "./schema";
import { countRefetches, listSyncStatus, sumSyncStatus } from "./sync-status";
import type { ConnectionItem } from "./types";

/** Rows of repositories in one answer: a page of them is looked at, not all of a company's. */
const MOST_ROWS = 200;

/** Every connection with how far it is, oldest first. */
export async function describeConnections(): Promise<ConnectionItem[]> {
  return Promise.all((await listConnections()).map(describeConnection));
}

async function describeConnection(connection: Connection): Promise<ConnectionItem> {
  const {
    account,
    apiUrl,
    app,
    createdAt,
    depthDays,
    id,
    missingPermissions,
    selection,
    state,
    stateReason,
    waitUntil,
  } = connection;
  const [row] = await query<{ budgets: unknown; teamsError: string | null }>(
    sql`select budgets, teams_error as "teamsError" from github_connection where id = ${id}`,
  );
  return connectionItemSchema.parse({
    id,
    app: app === null ? null : { name: app.slug, url: app.htmlUrl },
    account,
    apiUrl,
    state,
    stateReason,
    waitUntil: waitUntil !== null && waitUntil.getTime() > Date.now() ? waitUntil.toISOString() : null,
    missingPermissions,
    teamsError: row?.teamsError ?? null,
    selection,
    depthDays,
    createdAt: createdAt.toISOString(),
    budgets: row?.budgets ?? {},
    waiting: await countRefetches(id),
    totals: await sumSyncStatus(id),
    repositories: await listSyncStatus(id, { activeOnly: true, limit: MOST_ROWS }),
  });
}
