import { randomBytes } from "node:crypto";
import { listConnections } from "@/lib/settings/github/connections";
import type { GitHubClient } from "@/lib/sources/github-api/client";
import { type Directory, fetchDirectory } from "@/lib/sources/github-api/directory";
import { GitHubFailure } from "@/lib/sources/github-api/failure";
import { repositoryNameOf } from "@/lib/sources/github-api/page";
import { persistently } from "@/lib/sources/github-api/persistently";
import { atAddress, refused, unavailable } from "./ask";
import { type Choices, keepConnection, selectedOf } from "./keep";
import { missingPermissions } from "./permissions";

export interface ConnectInput extends Choices {
  /** `https://api.github.com`, or `https://<host>/api/v3` of a server of one's own. */
  apiUrl: string;
  account: string;
  token: string;
}

export interface ConnectResult {
  id: number;
  account: string;
  repositories: number;
  selected: number;
  /** What the token may not read; it is done without. */
  missingPermissions: string[];
  /** The secret of a webhook that tells of this account, said this once; null: it was said when it was connected first. */
  webhookSecret: string | null;
  /** Whether GitHub tells of changes; otherwise they are looked for. null: as its webhooks are set up there. */
  isTold: boolean | null;
}

async function listed(client: GitHubClient, account: string): Promise<Directory> {
  try {
    return await persistently(() => fetchDirectory(client, account));
  } catch (error) {
    if (!(error instanceof GitHubFailure)) throw atAddress(error);
    const { kind } = error.reason;
    if (kind === "unauthorized")
      throw refused("GitHub refuses this token: is it whole, and not expired?", "/token", error);
    if (kind === "not_found") throw refused(`GitHub shows no account ${account} to this token.`, "/account", error);
    if (kind === "forbidden") throw refused(`This token may not read ${account}: ${error.message}`, "/token", error);
    throw unavailable(error);
  }
}

async function missingOn(client: GitHubClient, fullName: string): ReturnType<typeof missingPermissions> {
  try {
    return await missingPermissions(client, repositoryNameOf(fullName));
  } catch (error) {
    throw error instanceof GitHubFailure ? unavailable(error) : error;
  }
}

/**
 * Connects an account with a token, after trying what is going to be read. The token is sealed at once; connecting an
 * account again replaces its token and choices and goes on where the reading stands.
 * @throws {AppError} `bad_request` naming what is wrong (`/token`, `/account`, `/selection`), with nothing kept
 */
export async function connectAccount(client: GitHubClient, input: ConnectInput): Promise<ConnectResult> {
  const { apiUrl, depthDays, selection, token } = input;
  const { account, repositories } = await listed(client, input.account);
  const selected = selectedOf(account, repositories, selection);
  const first = selected.find(({ defaultBranch }) => defaultBranch !== null);
  const missing = first === undefined ? { required: [], optional: [] } : await missingOn(client, first.fullName);
  if (missing.required.length > 0) {
    throw refused(
      `This token may not read what everything rests on. Give it: ${missing.required.join(", ")}.`,
      "/token",
    );
  }
  const isKnown = (await listConnections()).some(
    (one) => one.apiUrl === apiUrl && one.accountNodeId === account.nodeId,
  );
  const webhookSecret = isKnown ? null : randomBytes(32).toString("hex");
  const id = await keepConnection(account, {
    apiUrl,
    selection,
    depthDays,
    credential: { token, expiresAt: null, webhookSecret },
    permissions: {},
    missingPermissions: missing.optional,
  });
  return {
    id,
    account: account.login,
    repositories: repositories.length,
    selected: selected.length,
    missingPermissions: missing.optional,
    webhookSecret,
    isTold: null,
  };
}
