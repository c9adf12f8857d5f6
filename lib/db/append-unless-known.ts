import { errorCode } from "@/lib/core/errors";
import type { PoolClient } from "./pool";
import { execute } from "./query";
import { sql } from "./sql";

const UNIQUE_VIOLATION = "23505";

/**
 * Runs `append`, which writes rows without looking for those that are there already: that saves half of the work.
 * @returns its result, or null when a row was there; then nothing of it is kept and the transaction goes on
 */
export async function appendUnlessKnown(client: PoolClient, append: () => Promise<number>): Promise<number | null> {
  await execute(sql`savepoint append_rows`, client);
  try {
    const written = await append();
    await execute(sql`release savepoint append_rows`, client);
    return written;
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
    await execute(sql`rollback to savepoint append_rows`, client);
    return null;
  }
}
