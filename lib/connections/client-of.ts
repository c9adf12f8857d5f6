import { createHash } from "node:crypto";
import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { env } from "@/lib/core/env";
import { appPrivateKey } from "@/lib/settings/github/apps";
import { type Connection, connectionToken } from "@/lib/settings/github/connections";
import { type AppCredential, appTokens, installationTokens } from "@/lib/sources/github-api/app-credential";
import { GitHubClient, type GitHubClientOptions } from "@/lib/sources/github-api/client";

const egress = () => createEgressFetch({ allowHosts: env().egressAllowHosts });

/** A GitHub as it is asked with a token that is not kept yet. */
export function clientWith(apiUrl: string, token: GitHubClientOptions["token"]): GitHubClient {
  return new GitHubClient({ apiUrl, token, fetch: egress(), now: () => new Date() });
}

async function credentialOf(app: { id: number; apiUrl: string }): Promise<AppCredential> {
  return { apiUrl: app.apiUrl, ...(await appPrivateKey(app.id)), fetch: egress() };
}

/** The GitHub of an App, asked as the App itself. */
export async function clientOfApp(app: { id: number; apiUrl: string }): Promise<GitHubClient> {
  return clientWith(app.apiUrl, appTokens(await credentialOf(app)));
}

/** Tokens of installations are good for an hour, and a client is made every minute. */
const tokensOfInstallations = new Map<string, GitHubClientOptions["token"]>();

async function tokensOf(
  app: { id: number; apiUrl: string },
  installationId: bigint,
): Promise<GitHubClientOptions["token"]> {
  const credential = await credentialOf(app);
  // Another key is another App for all that matters: one that was taken back must not be used on.
  const digest = createHash("sha256").update(credential.privateKey).digest("hex");
  const key = `${credential.apiUrl} ${credential.appId} ${installationId} ${digest}`;
  const tokens = tokensOfInstallations.get(key) ?? installationTokens(credential, installationId);
  tokensOfInstallations.set(key, tokens);
  return tokens;
}

/** The GitHub of an installation of an App: what it asks is what the App was given there. */
export function clientOfInstallation(app: { id: number; apiUrl: string }, installationId: bigint): GitHubClient {
  return clientWith(app.apiUrl, async (refused) => (await tokensOf(app, installationId))(refused));
}

/** The GitHub of a connection, asked with what it is connected by. */
export function clientOf(connection: Connection): GitHubClient {
  const { apiUrl, app, installationId } = connection;
  return app === null || installationId === null
    ? clientWith(apiUrl, () => connectionToken(connection))
    : clientOfInstallation({ id: app.id, apiUrl }, installationId);
}
