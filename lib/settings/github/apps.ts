import { createHash, randomBytes } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed, seal } from "@/lib/core/secrets/seal";
import { getPrisma } from "@/lib/db/prisma-client";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { appWebhookPlace, privateKeyPlace } from "./sealed-columns";

/** GitHub's code for a new App is good for an hour. */
const REQUEST_LIFETIME = "1 hour";

const digestOf = (state: string): Buffer => createHash("sha256").update(state).digest();

/**
 * Begins the making of an App at GitHub.
 * @param account organisation that it is made for; null for the signed-in user's own
 * @returns the state that comes back with GitHub's code; it is not kept and cannot be read again
 */
export async function beginAppRequest({
  apiUrl,
  account,
}: {
  apiUrl: string;
  account: string | null;
}): Promise<string> {
  const state = randomBytes(32).toString("base64url");
  await execute(sql`delete from github_app_request where created_at < now() - ${REQUEST_LIFETIME}::interval`);
  await execute(
    sql`insert into github_app_request (state_digest, api_url, account) values (${digestOf(state)}, ${apiUrl}, ${account})`,
  );
  return state;
}

/**
 * The request that a state belongs to. It stays until `closeAppRequest`, so that a conversion that failed on the way can
 * be tried again; GitHub's own code works once.
 * @throws {AppError} `bad_request` for a state that is unknown, used or older than an hour
 */
export async function findAppRequest(state: string): Promise<{ apiUrl: string; account: string | null }> {
  const [row] = await query<{ api_url: string; account: string | null }>(
    sql`select api_url, account from github_app_request
      where state_digest = ${digestOf(state)} and created_at >= now() - ${REQUEST_LIFETIME}::interval`,
  );
  if (row !== undefined) return { apiUrl: row.api_url, account: row.account };
  throw new AppError({
    code: "bad_request",
    message: "This answer from GitHub was not asked for here, was used before, or is older than an hour. Begin again.",
    pointer: "/state",
  });
}

/** Ends a request: its state is good for nothing any more. */
export async function closeAppRequest(state: string): Promise<void> {
  await execute(sql`delete from github_app_request where state_digest = ${digestOf(state)}`);
}

export interface GithubApp {
  id: number;
  apiUrl: string;
  appId: bigint;
  slug: string;
  name: string;
  htmlUrl: string;
}

const COLUMNS = { id: true, apiUrl: true, appId: true, slug: true, name: true, htmlUrl: true } as const;

export interface NewGithubApp extends Omit<GithubApp, "id"> {
  privateKey: string;
  webhookSecret: string;
}

/** Keeps an App; one that is known gets its new secrets. */
export async function saveApp({ privateKey, webhookSecret, ...app }: NewGithubApp): Promise<GithubApp> {
  const { current } = sealingKeys();
  const { apiUrl, appId, slug, name, htmlUrl } = app;
  const sealed = {
    privateKey: new Uint8Array(seal(privateKey, privateKeyPlace(apiUrl, appId), current)),
    webhookSecret: new Uint8Array(seal(webhookSecret, appWebhookPlace(apiUrl, appId), current)),
  };
  return getPrisma().githubApp.upsert({
    where: { apiUrl_appId: { apiUrl, appId } },
    create: { ...app, ...sealed },
    update: { slug, name, htmlUrl, ...sealed },
    select: COLUMNS,
  });
}

/** Every App of this installation, oldest first. */
export function listApps(): Promise<GithubApp[]> {
  return getPrisma().githubApp.findMany({ select: COLUMNS, orderBy: { id: "asc" } });
}

/**
 * The private key of an App.
 * @throws {AppError} `unavailable` when no key of this installation opens it
 */
export async function appPrivateKey(id: number): Promise<{ appId: bigint; privateKey: string }> {
  const app = await getPrisma().githubApp.findUniqueOrThrow({
    where: { id },
    select: { apiUrl: true, appId: true, privateKey: true },
  });
  const privateKey = openSealed(app.privateKey, privateKeyPlace(app.apiUrl, app.appId), sealingKeys().all);
  if (privateKey !== null) return { appId: app.appId, privateKey };
  throw new AppError({
    code: "unavailable",
    message: "The private key of the GitHub App cannot be opened with FLEETGAUGE_SECRET: connect GitHub again.",
  });
}

/** Up to when every delivery of an App is known to have arrived; null: nobody looked yet. */
export async function deliveriesReadAt(id: number): Promise<Date | null> {
  const { deliveriesReadAt: at } = await getPrisma().githubApp.findUniqueOrThrow({
    where: { id },
    select: { deliveriesReadAt: true },
  });
  return at;
}

export async function markDeliveriesRead(id: number, at: Date): Promise<void> {
  await getPrisma().githubApp.update({ where: { id }, data: { deliveriesReadAt: at } });
}
