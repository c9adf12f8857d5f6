import { createLogger } from "@/lib/core/logger";
import { getPrisma } from "@/lib/db/prisma-client";
import { fetchInstallations } from "@/lib/sources/github-api/app";
import type { GitHubClient } from "@/lib/sources/github-api/client";
import { missingOfInstallation } from "./app-manifest";
import { resumeConnection, tryAgainWhatFailed } from "./control";

const log = createLogger("follow-installations");

/**
 * Takes over what GitHub says of the installations of an App that are followed: what was allowed since is read from then on,
 * and one that was suspended goes on when it no longer is. A connection that somebody paused stays so.
 * @param client of the App itself
 * @throws {GitHubFailure} when GitHub did not answer
 */
export async function followInstallations(appId: number, client: GitHubClient, now: Date): Promise<void> {
  const connections = await getPrisma().githubConnection.findMany({
    where: { app: appId },
    select: { id: true, account: true, installationId: true, missingPermissions: true, state: true },
  });
  if (connections.length === 0) return;
  const installations = new Map((await fetchInstallations(client)).map((one) => [one.id, one]));
  for (const { account, id, installationId, missingPermissions, state } of connections) {
    const installation = installationId === null ? undefined : installations.get(installationId);
    if (installation === undefined || installation.suspended) continue;
    const { permissions } = installation;
    const { optional, required } = missingOfInstallation(permissions);
    const missing = [...required, ...optional];
    const isNew = missing.join() !== missingPermissions.join();
    if (isNew) {
      // In this order: killed in between, both are done again.
      await tryAgainWhatFailed(id, now);
      await getPrisma().githubConnection.update({ where: { id }, data: { permissions, missingPermissions: missing } });
      log.info({ account, missing }, "what the App may read has changed");
    }
    if (state === "broken" && required.length === 0) await resumeConnection(id, now);
  }
}
