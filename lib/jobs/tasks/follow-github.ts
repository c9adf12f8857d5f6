import { clientOf } from "@/lib/connections/client-of";
import { projectPending } from "@/lib/facts/project";
import { syncWithLock } from "@/lib/ingest/github/sync-lock";
import { listConnections } from "@/lib/settings/github/connections";

/**
 * Runs every minute: reads what is due of every connection that nobody else is reading. A first reading may take hours;
 * meanwhile the job that projects every minute shows what has come.
 */
export async function followGitHub(_payload: object, { signal }: { signal: AbortSignal | undefined }): Promise<void> {
  const active = (await listConnections()).filter(({ state }) => state === "active");
  const results = await Promise.allSettled(
    active.map((connection) =>
      syncWithLock(connection.id, { client: clientOf(connection), ...(signal === undefined ? {} : { signal }) }),
    ),
  );
  if (signal?.aborted === true) return;
  await projectPending();
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
