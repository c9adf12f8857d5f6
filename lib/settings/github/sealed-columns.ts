import type { SealedPlace } from "@/lib/core/secrets/seal";

/** Where secrets of GitHub are kept. The row part is what the secret is for, so it stays when rows are numbered anew. */
const accountRow = (apiUrl: string, accountNodeId: string): string => `${apiUrl}#${accountNodeId}`;
const appRow = (apiUrl: string, appId: bigint): string => `${apiUrl}#${appId}`;

export const tokenPlace = (apiUrl: string, accountNodeId: string): SealedPlace => ({
  table: "github_connection",
  column: "token",
  row: accountRow(apiUrl, accountNodeId),
});

export const connectionWebhookPlace = (apiUrl: string, accountNodeId: string): SealedPlace => ({
  table: "github_connection",
  column: "webhook_secret",
  row: accountRow(apiUrl, accountNodeId),
});

export const privateKeyPlace = (apiUrl: string, appId: bigint): SealedPlace => ({
  table: "github_app",
  column: "private_key",
  row: appRow(apiUrl, appId),
});

export const appWebhookPlace = (apiUrl: string, appId: bigint): SealedPlace => ({
  table: "github_app",
  column: "webhook_secret",
  row: appRow(apiUrl, appId),
});
