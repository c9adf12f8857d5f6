import { setTimeout as sleep } from "node:timers/promises";
import { getPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type SyncHooks, syncConnection } from "./sync";

/** Namespace of the advisory locks under which connections are read: GitHub asks for one request at a time. */
const LOCK_NAMESPACE = 7_204_661;

/**
 * Reads what is due of a connection unless another process is at it. The lock is freed by PostgreSQL when this process
 * ends, however it does.
 */
export async function syncWithLock(
  connectionId: number,
  hooks: Pick<SyncHooks, "client" | "onStep" | "signal">,
): Promise<{ answers: number; busy: boolean }> {
  const client = await getPool().connect();
  let locked = false;
  try {
    const [row] = await query<{ locked: boolean }>(
      sql`select pg_try_advisory_lock(${LOCK_NAMESPACE}, ${connectionId}) as locked`,
      client,
    );
    locked = row?.locked ?? false;
    if (!locked) return { answers: 0, busy: true };
    const { signal } = hooks;
    const { answers } = await syncConnection(connectionId, {
      ...hooks,
      now: () => new Date(),
      sleep: async (ms) => {
        await sleep(ms, undefined, signal === undefined ? {} : { signal });
      },
    });
    return { answers, busy: false };
  } finally {
    if (locked) await query(sql`select pg_advisory_unlock(${LOCK_NAMESPACE}, ${connectionId})`, client);
    client.release();
  }
}
