import { clientOf } from "@/lib/connections/client-of";
import { projectPending } from "@/lib/facts/project";
import { ConnectionLocks, syncWithLock } from "@/lib/ingest/github/sync-lock";
import { enqueueFollowing } from "@/lib/jobs/enqueue";
import { listConnections } from "@/lib/settings/github/connections";

/** A first reading takes hours, and a worker has other work: it makes room for it this often, and goes on. */
const TURN_MS = 50_000;

/**
 * Runs every minute: reads what is due of every connection that nobody else is reading, and shows what has come. What a
 * turn does not get through is gone on with in another one.
 */
export async function followGitHub(_payload: object, { signal }: { signal: AbortSignal | undefined }): Promise<void> {
  const active = (await listConnections()).filter(({ state }) => state === "active");
  if (active.length === 0) return;
  const turn = AbortSignal.timeout(TURN_MS);
  const stop = signal === undefined ? turn : AbortSignal.any([signal, turn]);
  const locks = await ConnectionLocks.open();
  try {
    const results = await Promise.allSettled(
      active.map((connection) =>
        syncWithLock(connection.id, locks, { client: clientOf(connection), signal: stop }).catch((error: unknown) => {
          if (!stop.aborted) throw error;
        }),
      ),
    );
    if (signal?.aborted === true) return;
    await projectPending();
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  } finally {
    locks.close();
  }
  if (turn.aborted) await enqueueFollowing();
}
