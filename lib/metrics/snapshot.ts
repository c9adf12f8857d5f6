import { setTimeout } from "node:timers/promises";
import { AppError, errorCode, isConnectionBroken } from "@/lib/core/errors";
import type { PoolClient } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { getReadPool } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

/**
 * A read-only snapshot meets no other conflict than that of a replica, which must replay a clean-up of its primary: it
 * cancels the statement, or between two of them ends the connection.
 */
const RECOVERY_CONFLICT = "40001";

/**
 * Runs reads that must agree with each other, such as figures and the watermark they are as of, on one snapshot of
 * the database that dashboards read from; it cannot be written to. `work` is run again when the server
 * interrupted it.
 * @throws {AppError} `unavailable` when the replica is away, is refused, or cancelled both
 */
export async function withSnapshot<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  try {
    return await readAgainWhenBroken(work);
  } catch (error) {
    if (errorCode(error) !== RECOVERY_CONFLICT) throw error;
  }
  try {
    return await readAgainWhenBroken(work);
  } catch (error) {
    if (errorCode(error) !== RECOVERY_CONFLICT) throw error;
    throw new AppError({
      code: "unavailable",
      message: "The replica cancelled this reading twice to keep up with its primary. Set hot_standby_feedback = on.",
      cause: error,
    });
  }
}

/** A server that ends one connection has often ended all; the pool hears of each when the process gets round to it. */
const BROKEN_PAUSES_MS = [5, 50];

async function readAgainWhenBroken<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  for (const pause of BROKEN_PAUSES_MS) {
    try {
      return await readOnce(work);
    } catch (error) {
      if (!isConnectionBroken(error)) throw error;
      await setTimeout(pause);
    }
  }
  return readOnce(work);
}

async function readOnce<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return withTransaction(
    async (client) => {
      await execute(sql`set transaction isolation level repeatable read read only`, client);
      // Compiling expressions to machine code takes longer than the scans that it would speed up.
      await execute(sql`set local jit = off`, client);
      return work(client);
    },
    { pool: getReadPool() },
  );
}
