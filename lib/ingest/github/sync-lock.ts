import { setTimeout as sleep } from "node:timers/promises";
import { getPool, type PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type SyncHooks, syncConnection } from "./sync";

/** Namespace of the advisory locks under which connections are read: GitHub asks for one request at a time. */
const LOCK_NAMESPACE = 7_204_661;

/**
 * The locks of the connections that this process reads, on one database connection however many they are. PostgreSQL
 * frees them when the process ends, however it does.
 */
export class ConnectionLocks {
  private last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly client: PoolClient) {}

  static async open(): Promise<ConnectionLocks> {
    return new ConnectionLocks(await getPool().connect());
  }

  /** @returns false when another process has it */
  async take(connectionId: number): Promise<boolean> {
    const [row] = await this.inTurn(() =>
      query<{ locked: boolean }>(
        sql`select pg_try_advisory_lock(${LOCK_NAMESPACE}, ${connectionId}) as locked`,
        this.client,
      ),
    );
    return row?.locked ?? false;
  }

  async free(connectionId: number): Promise<void> {
    await this.inTurn(() => query(sql`select pg_advisory_unlock(${LOCK_NAMESPACE}, ${connectionId})`, this.client));
  }

  close(): void {
    this.client.release();
  }

  /** A connection does one statement at a time. */
  private inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

/** Reads what is due of a connection, unless another process is at it. */
export async function syncWithLock(
  connectionId: number,
  locks: ConnectionLocks,
  hooks: Pick<SyncHooks, "client" | "onStep" | "signal">,
): Promise<{ answers: number; busy: boolean }> {
  if (!(await locks.take(connectionId))) return { answers: 0, busy: true };
  try {
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
    await locks.free(connectionId);
  }
}
