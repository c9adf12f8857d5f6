import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Budget } from "@/lib/sources/github-api/client";

/** Nobody asks GitHub anything for a connection before an instant. */
export async function waitUntil(connectionId: number, until: Date, client?: PoolClient): Promise<void> {
  await execute(
    sql`update github_connection set wait_until = greatest(wait_until, ${until}::timestamptz) where id = ${connectionId}`,
    client,
  );
}

/** Stops a connection whose credential is refused, until someone connects again. */
export async function markBroken(connectionId: number, reason: string): Promise<void> {
  await execute(
    sql`update github_connection set state = 'broken', state_reason = ${reason} where id = ${connectionId}`,
  );
}

/** Keeps what an answer said of the limits, for whoever looks. */
export async function keepBudget(
  client: PoolClient,
  connectionId: number,
  resource: "graphql" | "rest",
  budget: Budget,
): Promise<void> {
  const { limit, remaining, resetAt } = budget;
  await execute(
    sql`update github_connection
      set budgets = budgets || jsonb_build_object(${resource}::text, jsonb_build_object('limit', ${limit}::integer,
        'remaining', ${remaining}::integer, 'resetAt', ${resetAt.toISOString()}::text))
      where id = ${connectionId}`,
    client,
  );
}

/** Whether the account's repositories were listed since an instant. */
export async function wasListedSince(connectionId: number, since: Date): Promise<boolean> {
  const [row] = await query<{ listed: boolean }>(
    sql`select listed_at is not null and listed_at >= ${since} as listed from github_connection where id = ${connectionId}`,
  );
  return row?.listed ?? false;
}

/** Has the repositories of a connection listed again, or those of all. */
export async function askForList(connectionId: number | null, client?: PoolClient): Promise<void> {
  await execute(
    sql`update github_connection set listed_at = null where ${connectionId}::integer is null or id = ${connectionId}`,
    client,
  );
}

export async function markListed(client: PoolClient, connectionId: number, at: Date): Promise<void> {
  await execute(
    sql`update github_connection set listed_at = ${at}, checked_at = ${at} where id = ${connectionId}`,
    client,
  );
}
