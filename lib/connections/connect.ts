import { randomBytes } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { listConnections, saveConnection } from "@/lib/settings/github/connections";
import { isSelected, type Selection } from "@/lib/settings/github/selection";
import { ensureOrganization } from "@/lib/settings/organizations";
import type { GitHubClient } from "@/lib/sources/github-api/client";
import { type Directory, fetchDirectory } from "@/lib/sources/github-api/directory";
import { GitHubFailure } from "@/lib/sources/github-api/failure";
import { repositoryNameOf } from "@/lib/sources/github-api/page";
import { resumeConnection } from "./control";
import { missingPermissions } from "./permissions";

export interface ConnectInput {
  /** `https://api.github.com`, or `https://<host>/api/v3` of a server of one's own. */
  apiUrl: string;
  account: string;
  token: string;
  selection: Selection;
  /** Days of history; null: all. */
  depthDays: number | null;
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
}

const refused = (message: string, pointer: string, cause?: unknown): AppError =>
  new AppError({ code: "bad_request", message, pointer, cause });

const ATTEMPTS = 3;

/** Asks again what failed on the way; someone is waiting, so not for long. */
async function persistently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const kind = error instanceof GitHubFailure ? error.reason.kind : null;
      if ((kind !== "transient" && kind !== "too_heavy") || attempt === ATTEMPTS) throw error;
    }
  }
}

async function listed(client: GitHubClient, account: string): Promise<Directory> {
  try {
    return await persistently(() => fetchDirectory(client, account));
  } catch (error) {
    if (!(error instanceof GitHubFailure)) throw error;
    const { kind } = error.reason;
    if (kind === "unauthorized")
      throw refused("GitHub refuses this token: is it whole, and not expired?", "/token", error);
    if (kind === "not_found") throw refused(`GitHub shows no account ${account} to this token.`, "/account", error);
    if (kind === "forbidden") throw refused(`This token may not read ${account}: ${error.message}`, "/token", error);
    throw unavailable(error);
  }
}

const unavailable = (failure: GitHubFailure): AppError =>
  new AppError({ code: "unavailable", message: `${failure.message}. Try again in a while.`, cause: failure });

async function missingOn(client: GitHubClient, fullName: string): ReturnType<typeof missingPermissions> {
  try {
    return await persistently(() => missingPermissions(client, repositoryNameOf(fullName)));
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
  const selected = repositories.filter(({ name }) => isSelected(selection, name));
  const [first] = selected.filter(({ defaultBranch }) => defaultBranch !== null);
  if (selected.length === 0) {
    const found = repositories.length === 0 ? "no repository at all" : `${repositories.length} others`;
    throw refused(`No repository of ${account.login} is selected: this token sees ${found}.`, "/selection");
  }
  const missing = first === undefined ? { required: [], optional: [] } : await missingOn(client, first.fullName);
  if (missing.required.length > 0) {
    throw refused(
      `This token may not read what everything rests on. Give it: ${missing.required.join(", ")}.`,
      "/token",
    );
  }
  const organization = await ensureOrganization({ slug: account.login });
  if (organization.isSample) {
    throw new AppError({
      code: "conflict",
      message: `${account.login} is the sample organisation.`,
      pointer: "/account",
    });
  }
  const isKnown = (await listConnections()).some(
    (one) => one.apiUrl === apiUrl && one.accountNodeId === account.nodeId,
  );
  const webhookSecret = isKnown ? null : randomBytes(32).toString("hex");
  const id = await saveConnection({
    orgId: organization.id,
    apiUrl,
    account: account.login,
    accountType: account.type,
    accountNodeId: account.nodeId,
    credential: { token, expiresAt: null, webhookSecret },
    selection,
    depthDays,
    permissions: {},
    missingPermissions: missing.optional,
  });
  // What the token before it was not allowed is tried again.
  await resumeConnection(id, new Date());
  return {
    id,
    account: account.login,
    repositories: repositories.length,
    selected: selected.length,
    missingPermissions: missing.optional,
    webhookSecret,
  };
}
