import { clientOfApp } from "@/lib/connections/client-of";
import { followInstallations } from "@/lib/connections/follow-installations";
import { errorMessage } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/logger";
import { reconcileDeliveries } from "@/lib/ingest/github/reconcile-deliveries";
import { listApps } from "@/lib/settings/github/apps";

const log = createLogger("reconcile-github");

/**
 * Runs every five minutes: has GitHub deliver again what did not arrive, as while this server was down, and takes over what
 * was allowed, suspended or let in again meanwhile.
 */
export async function reconcileGitHub(
  _payload: object,
  { signal }: { signal: AbortSignal | undefined },
): Promise<void> {
  for (const app of await listApps()) {
    if (signal?.aborted === true) return;
    try {
      const client = await clientOfApp(app);
      await followInstallations(app.id, client, new Date());
      const asked = await reconcileDeliveries(app.id, client, new Date());
      if (asked > 0) log.info({ app: app.slug, asked }, "asked GitHub to deliver again what did not arrive");
    } catch (error) {
      // One App that was removed hides nothing of the others.
      log.warn({ app: app.slug, reason: errorMessage(error) }, "GitHub did not say what it delivered, or to whom");
    }
  }
}
