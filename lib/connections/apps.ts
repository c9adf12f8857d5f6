import { randomBytes } from "node:crypto";
import { env } from "@/lib/core/env";
import { sealingKeys } from "@/lib/core/secrets/keys";
import {
  beginAppRequest,
  closeAppRequest,
  findAppRequest,
  type GithubApp,
  listApps,
  saveApp,
} from "@/lib/settings/github/apps";
import { listConnections } from "@/lib/settings/github/connections";
import {
  convertManifestCode,
  fetchInstallation,
  fetchInstallations,
  type Installation,
} from "@/lib/sources/github-api/app";
import type { GitHubClient } from "@/lib/sources/github-api/client";
import { fetchInstallationRepositories } from "@/lib/sources/github-api/directory";
import { GitHubFailure } from "@/lib/sources/github-api/failure";
import { persistently } from "@/lib/sources/github-api/persistently";
import { appManifest, canBeReached, missingOfInstallation, webAddressOf } from "./app-manifest";
import { assertServer, refused, unavailable } from "./ask";
import { clientOfApp, clientOfInstallation, clientWith } from "./client-of";
import type { ConnectResult } from "./connect";
import { type Choices, keepConnection, selectedOf } from "./keep";

export interface AppBeginning {
  /** Where a browser sends the manifest to, as a form by POST. */
  action: string;
  manifest: ReturnType<typeof appManifest>;
  /** Whether GitHub will tell of changes; otherwise they are looked for. */
  webhook: boolean;
}

/**
 * Begins the making of a GitHub App: whoever is signed in at GitHub confirms it there and comes back with a code.
 * @throws {AppError} `unavailable` when nothing could be sealed here; `bad_request` at `/apiUrl`
 */
export async function beginApp(input: {
  apiUrl: string;
  account: string | null;
  securityAlerts: boolean;
}): Promise<AppBeginning> {
  // Better to say so before anyone is sent to GitHub.
  sealingKeys();
  const { apiUrl, account, securityAlerts } = input;
  assertServer(apiUrl);
  const manifest = appManifest({
    apiUrl,
    account,
    securityAlerts,
    appUrl: env().appUrl,
    suffix: randomBytes(2).toString("hex"),
  });
  const state = await beginAppRequest({ apiUrl, account });
  const place = account === null ? "settings/apps/new" : `organizations/${account}/settings/apps/new`;
  return {
    action: `${webAddressOf(apiUrl)}/${place}?state=${state}`,
    manifest,
    webhook: "hook_attributes" in manifest,
  };
}

/** An App, and where it is installed on accounts. */
export interface KnownApp {
  id: number;
  name: string;
  apiUrl: string;
  installUrl: string;
}

const known = ({ apiUrl, htmlUrl, id, name }: GithubApp): KnownApp => ({
  id,
  name,
  apiUrl,
  installUrl: `${htmlUrl}/installations/new`,
});

/**
 * Keeps the App that someone came back with.
 * @throws {AppError} `bad_request` at `/state` or `/code`; `unavailable` when GitHub cannot be reached, to be tried again
 */
export async function finishApp({ code, state }: { code: string; state: string }): Promise<KnownApp> {
  const { apiUrl } = await findAppRequest(state);
  const client = clientWith(apiUrl, async () => null);
  try {
    const { webhookSecret, ...converted } = await convertManifestCode(client, code);
    // Without a webhook nothing is signed with it; a secret that nobody knows keeps the place.
    const secret = webhookSecret ?? randomBytes(32).toString("hex");
    const app = await saveApp({ apiUrl, ...converted, webhookSecret: secret });
    await closeAppRequest(state);
    return known(app);
  } catch (error) {
    if (!(error instanceof GitHubFailure)) throw error;
    const { kind } = error.reason;
    if (kind === "not_found" || kind === "refused") {
      throw refused("GitHub knows no App by this code: it works once, and for an hour. Begin again.", "/code", error);
    }
    throw unavailable(error);
  }
}

/** The Apps of this installation. */
export async function listKnownApps(): Promise<KnownApp[]> {
  return (await listApps()).map(known);
}

const NOT_OURS = "This is no installation of an App of ours that GitHub shows.";

async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await persistently(ask);
  } catch (error) {
    if (!(error instanceof GitHubFailure)) throw error;
    const { kind } = error.reason;
    if (kind === "unauthorized" || kind === "forbidden") throw refused(`${error.message}.`, "/installationId", error);
    throw unavailable(error);
  }
}

/**
 * Asks one App after the other, the newest first: two servers may number their installations alike. One that cannot be
 * reached hides none of the others.
 * @throws {AppError} the failure of one when none had an answer
 */
async function fromApps<Answer>(
  ask: (app: GithubApp, client: GitHubClient) => Promise<Answer | null>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let failure: unknown = null;
  for (const app of (await listApps()).reverse()) {
    try {
      const client = await clientOfApp(app);
      const answer = await asked(() => ask(app, client));
      if (answer !== null) answers.push(answer);
    } catch (error) {
      failure ??= error;
    }
  }
  if (answers.length === 0 && failure !== null) throw failure;
  return answers;
}

async function findInstallation(id: bigint): Promise<{ app: GithubApp; installation: Installation }> {
  const [found] = await fromApps(async (app, client) => {
    try {
      return { app, installation: await fetchInstallation(client, id) };
    } catch (error) {
      if (error instanceof GitHubFailure && error.reason.kind === "not_found") return null;
      throw error;
    }
  });
  if (found !== undefined) return found;
  throw refused(NOT_OURS, "/installationId");
}

async function connectOne(
  app: GithubApp,
  { account, id, permissions, suspended }: Installation,
  { depthDays, selection }: Choices,
): Promise<ConnectResult> {
  if (suspended) throw refused(`The installation on ${account.login} is suspended at GitHub.`, "/installationId");
  const missing = missingOfInstallation(permissions);
  if (missing.required.length > 0) {
    throw refused(
      `This App may not read what everything rests on. Give it at GitHub: ${missing.required.join(", ")}.`,
      "/installationId",
    );
  }
  const client: GitHubClient = clientOfInstallation(app, id);
  const { repositories } = await asked(() => fetchInstallationRepositories(client));
  const selected = selectedOf(account, repositories, selection);
  const connectionId = await keepConnection(account, {
    apiUrl: app.apiUrl,
    selection,
    depthDays,
    credential: { app: app.id, installationId: id },
    permissions,
    missingPermissions: missing.optional,
  });
  return {
    id: connectionId,
    account: account.login,
    repositories: repositories.length,
    selected: selected.length,
    missingPermissions: missing.optional,
    webhookSecret: null,
    isTold: canBeReached(env().appUrl, app.apiUrl),
  };
}

const EVERYTHING: Choices = { selection: { mode: "all" }, depthDays: null };

/**
 * Connects the account that an App of ours was installed on. An account that is connected keeps what was chosen for it.
 * @throws {AppError} `bad_request` at `/installationId` or `/selection`, with nothing kept
 */
export async function connectInstallation(installationId: bigint): Promise<ConnectResult> {
  const { app, installation } = await findInstallation(installationId);
  const before = (await listConnections()).find(
    (one) => one.apiUrl === app.apiUrl && one.accountNodeId === installation.account.nodeId,
  );
  return connectOne(app, installation, before ?? EVERYTHING);
}

/**
 * Connects what our Apps are installed on and nobody came back for, as when an owner had to approve it first. One that cannot
 * be connected keeps none of the others from it.
 * @throws {AppError} the failure of one when none was connected
 */
export async function connectNewInstallations(): Promise<ConnectResult[]> {
  const followed = (await listConnections()).filter(({ state }) => state !== "broken");
  const found = await fromApps(async (app, client) =>
    (await fetchInstallations(client)).map((installation) => ({ app, installation })),
  );
  const connected: ConnectResult[] = [];
  let failure: unknown = null;
  for (const { app, installation } of found.flat()) {
    const isFollowed = followed.some((one) => one.app?.id === app.id && one.installationId === installation.id);
    if (isFollowed || installation.suspended) continue;
    try {
      connected.push(await connectOne(app, installation, EVERYTHING));
    } catch (error) {
      failure ??= error;
    }
  }
  if (connected.length === 0 && failure !== null) throw failure;
  return connected;
}
