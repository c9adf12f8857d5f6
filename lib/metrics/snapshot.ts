import type { Queryable } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";

/**
 * Runs reads that must agree with each other, such as figures and the watermark they are as of, on one snapshot of
 * the database that cannot be written to.
 */
export async function withSnapshot<Result>(work: (client: Queryable) => Promise<Result>): Promise<Result> {
  return withTransaction(async (client) => {
    await execute(sql`set transaction isolation level repeatable read read only`, client);
    // Compiling expressions to machine code takes longer than the scans that it would speed up.
    await execute(sql`set local jit = off`, client);
    return work(client);
  });
}
