import { z } from "zod";
import type { GitHubClient } from "./client";
import type { Account } from "./directory";

const conversionSchema = z.object({
  id: z.int(),
  slug: z.string(),
  name: z.string(),
  html_url: z.url(),
  pem: z.string().min(1),
  /** null: it was made without a webhook. */
  webhook_secret: z.string().nullish(),
});

/** An App that GitHub just made. Its secrets are said this once. */
export interface ConvertedApp {
  appId: bigint;
  slug: string;
  name: string;
  htmlUrl: string;
  privateKey: string;
  webhookSecret: string | null;
}

/**
 * Takes what GitHub has for a code that it sent someone back with. A code works once, and for an hour.
 * @param client without a credential
 * @throws {GitHubFailure} `not_found` for a code that is unknown or used
 */
export async function convertManifestCode(client: GitHubClient, code: string): Promise<ConvertedApp> {
  const { data } = await client.rest("POST /app-manifests/{code}/conversions", { code }, conversionSchema);
  const { html_url: htmlUrl, id, name, pem, slug, webhook_secret: webhookSecret } = data;
  return { appId: BigInt(id), slug, name, htmlUrl, privateKey: pem, webhookSecret: webhookSecret ?? null };
}

const installationSchema = z.object({
  id: z.int(),
  account: z.object({ login: z.string(), node_id: z.string(), type: z.string() }),
  permissions: z.record(z.string(), z.string()),
  suspended_at: z.string().nullish(),
});

/** Where an App is installed, and what it was allowed there. */
export interface Installation {
  id: bigint;
  account: Account;
  /** GitHub's names, as `pull_requests: read`. */
  permissions: Record<string, string>;
  suspended: boolean;
}

const toInstallation = ({ account, id, permissions, suspended_at }: z.output<typeof installationSchema>) => ({
  id: BigInt(id),
  account: {
    type: account.type === "Organization" ? ("organization" as const) : ("user" as const),
    nodeId: account.node_id,
    login: account.login,
  },
  permissions,
  suspended: suspended_at != null,
});

/**
 * @param client of the App itself
 * @throws {GitHubFailure} `not_found` for an installation that is not of this App
 */
export async function fetchInstallation(client: GitHubClient, id: bigint): Promise<Installation> {
  const { data } = await client.rest("GET /app/installations/{id}", { id: String(id) }, installationSchema);
  return toInstallation(data);
}

/** Every installation of an App. @param client of the App itself */
export async function fetchInstallations(client: GitHubClient): Promise<Installation[]> {
  const found: Installation[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await client.rest("GET /app/installations", { per_page: 100, page }, z.array(installationSchema));
    found.push(...answer.data.map(toInstallation));
    if (!answer.hasNext) return found;
  }
}

const deliverySchema = z.object({
  id: z.int(),
  guid: z.string(),
  delivered_at: z.iso.datetime({ offset: true }),
  redelivery: z.boolean(),
});

/** One attempt of GitHub to deliver something; those of one delivery have the same `guid`. */
export interface DeliveryAttempt {
  id: number;
  guid: string;
  at: Date;
  /** Whether it was asked for again. */
  again: boolean;
}

/**
 * A page of what GitHub delivered to an App, latest first. GitHub keeps three days of it.
 * @param client of the App itself
 */
export async function fetchDeliveryAttempts(
  client: GitHubClient,
  cursor: string | null,
): Promise<{ attempts: DeliveryAttempt[]; next: string | null }> {
  const { data, nextCursor } = await client.rest(
    "GET /app/hook/deliveries",
    { per_page: 100, ...(cursor !== null && { cursor }) },
    z.array(deliverySchema),
  );
  const attempts = data.map(({ delivered_at: at, guid, id, redelivery }) => ({
    id,
    guid,
    at: new Date(at),
    again: redelivery,
  }));
  return { attempts, next: nextCursor };
}

/** Has GitHub deliver something once more. @param client of the App itself */
export async function requestRedelivery(client: GitHubClient, attemptId: number): Promise<void> {
  await client.rest("POST /app/hook/deliveries/{id}/attempts", { id: attemptId }, z.unknown());
}
