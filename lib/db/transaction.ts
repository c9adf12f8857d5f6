import type { Pool, PoolClient } from "pg";
import { getPool } from "./pool";

/**
 * Statements inside of a bulk transaction may take long and wait on the caller's input; both guards are lifted. They are many
 * and short as a rule: compiling them to machine code would take longer than they do.
 */
const BULK_SETTINGS =
  "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local jit = off";

/**
 * Runs `work` in one transaction on one connection: committed when it resolves, rolled back when it throws.
 * @param options.bulk lifts the time limits, for imports and rebuilds
 * @param options.pool where the connection comes from; the pool of the process unless one is given
 */
export async function withTransaction<Result>(
  work: (client: PoolClient) => Promise<Result>,
  options: { bulk?: boolean; pool?: Pool } = {},
): Promise<Result> {
  const client = await (options.pool ?? getPool()).connect();
  let broken: Error | undefined;
  try {
    await client.query(options.bulk === true ? `begin; ${BULK_SETTINGS}` : "begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    // A connection that could not even roll back is destroyed instead of being handed to the next caller.
    client.release(broken);
  }
}
