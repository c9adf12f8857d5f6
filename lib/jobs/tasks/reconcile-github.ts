import { clientOfApp } from "@/lib/connections/client-of";
import { errorMessage } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/logger";
import { reconcileDeliveries } from "@/lib/ingest/github/reconcile-deliveries";
import { listApps } from "@/lib/settings/github/apps";

const log = createLogger("reconcile-github");

/** Runs every five minutes: has GitHub deliver again what did not arrive, as while this server was down. */
export async function reconcileGitHub(
  _payload: object,
  { signal }: { signal: AbortSignal | undefined },
): Promise<void> {
  for (const app of await listApps()) {
    if (signal?.aborted === true) return;
    try {
      const asked = await reconcileDeliveries(app.id, await clientOfApp(app), new Date());
      if (asked > 0) log.info({ app: app.slug, asked }, "asked GitHub to deliver again what did not arrive");
    } catch (error) {
      // One App that was removed hides nothing of the others.
      log.warn({ app: app.slug, reason: errorMessage(error) }, "GitHub did not say what it delivered");
    }
  }
}
