import { env } from "@/lib/core/env";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed } from "@/lib/core/secrets/seal";
import { getPrisma } from "@/lib/db/prisma-client";
import { appWebhookPlace, connectionWebhookPlace } from "./sealed-columns";

/** A webhook that was just made must be heard soon, and a storm of deliveries must not become one of queries. */
const FRESH_MS = 5000;

let cached: { at: number; secrets: Promise<readonly string[]> } | null = null;

async function load(): Promise<readonly string[]> {
  const { githubWebhookSecrets, secret } = env();
  // Without a secret nothing can have been sealed.
  if (secret === null) return githubWebhookSecrets;
  const { all } = sealingKeys();
  const [apps, connections] = await Promise.all([
    getPrisma().githubApp.findMany({ select: { apiUrl: true, appId: true, webhookSecret: true } }),
    getPrisma().githubConnection.findMany({
      where: { webhookSecret: { not: null } },
      select: { apiUrl: true, accountNodeId: true, webhookSecret: true },
    }),
  ]);
  const opened = [
    ...apps.map(({ apiUrl, appId, webhookSecret }) => openSealed(webhookSecret, appWebhookPlace(apiUrl, appId), all)),
    ...connections.map(({ apiUrl, accountNodeId, webhookSecret }) =>
      webhookSecret === null ? null : openSealed(webhookSecret, connectionWebhookPlace(apiUrl, accountNodeId), all),
    ),
  ];
  return [...githubWebhookSecrets, ...opened.filter((one) => one !== null)];
}

/** Every secret that a genuine delivery of GitHub may be signed with, at most five seconds old. */
export function githubWebhookSecrets(now: number = Date.now()): Promise<readonly string[]> {
  if (cached === null || now - cached.at >= FRESH_MS || now < cached.at) {
    const secrets = load();
    cached = { at: now, secrets };
    secrets.catch(() => {
      if (cached?.secrets === secrets) cached = null;
    });
  }
  return cached.secrets;
}
