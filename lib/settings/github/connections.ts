import { AppError } from "@/lib/core/errors";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed, seal } from "@/lib/core/secrets/seal";
import { getPrisma } from "@/lib/db/prisma-client";
import { connectionWebhookPlace, tokenPlace } from "./sealed-columns";
import { type Selection, selectionSchema } from "./selection";

export type ConnectionState = "active" | "paused" | "broken";

/** A followed account, without its secrets. */
export interface Connection {
  id: number;
  orgId: number;
  orgSlug: string;
  apiUrl: string;
  account: string;
  accountType: "organization" | "user";
  accountNodeId: string;
  /** The App that reads it; null: a token does. */
  app: { id: number; slug: string; htmlUrl: string } | null;
  installationId: bigint | null;
  tokenExpiresAt: Date | null;
  selection: Selection;
  /** Days of history; null: all. */
  depthDays: number | null;
  missingPermissions: string[];
  state: ConnectionState;
  stateReason: string | null;
  waitUntil: Date | null;
  createdAt: Date;
  checkedAt: Date;
}

const COLUMNS = {
  id: true,
  orgId: true,
  organization: { select: { slug: true } },
  apiUrl: true,
  account: true,
  accountType: true,
  accountNodeId: true,
  githubApp: { select: { id: true, slug: true, htmlUrl: true } },
  installationId: true,
  tokenExpiresAt: true,
  selection: true,
  depthDays: true,
  missingPermissions: true,
  state: true,
  stateReason: true,
  waitUntil: true,
  createdAt: true,
  checkedAt: true,
} as const;

type Row = Awaited<ReturnType<typeof findRows>>[number];

const findRows = (where: { id?: number; orgId?: number } = {}) =>
  getPrisma().githubConnection.findMany({ where, select: COLUMNS, orderBy: { id: "asc" } });

function toConnection({ organization, githubApp, accountType, state, selection, ...row }: Row): Connection {
  return {
    ...row,
    orgSlug: organization.slug,
    app: githubApp,
    accountType: accountType === "user" ? "user" : "organization",
    state: state === "paused" || state === "broken" ? state : "active",
    selection: selectionSchema.parse(selection),
  };
}

/** Every connection, oldest first. */
export async function listConnections(): Promise<Connection[]> {
  return (await findRows()).map(toConnection);
}

/** @throws {AppError} `not_found` */
export async function getConnection(id: number): Promise<Connection> {
  const [row] = await findRows({ id });
  if (row === undefined) throw new AppError({ code: "not_found", message: "There is no such connection." });
  return toConnection(row);
}

export interface NewConnection {
  orgId: number;
  apiUrl: string;
  account: string;
  accountType: Connection["accountType"];
  accountNodeId: string;
  credential: // Without a webhook secret the one that the connection has stays: GitHub knows it.
  { token: string; expiresAt: Date | null; webhookSecret: string | null } | { app: number; installationId: bigint };
  selection: Selection;
  depthDays: number | null;
  permissions: Readonly<Record<string, string>>;
  missingPermissions: string[];
}

/**
 * Keeps a connection. An account that is connected already gets the new credential and choices and goes on where its
 * reading stands: nothing is read twice because a token was replaced.
 * @returns its id
 */
export async function saveConnection(input: NewConnection): Promise<number> {
  const { credential, apiUrl, accountNodeId, orgId, ...rest } = input;
  const { current } = sealingKeys();
  const secrets =
    "token" in credential
      ? {
          token: new Uint8Array(seal(credential.token, tokenPlace(apiUrl, accountNodeId), current)),
          tokenExpiresAt: credential.expiresAt,
          ...(credential.webhookSecret === null
            ? {}
            : {
                webhookSecret: new Uint8Array(
                  seal(credential.webhookSecret, connectionWebhookPlace(apiUrl, accountNodeId), current),
                ),
              }),
          app: null,
          installationId: null,
        }
      : {
          token: null,
          tokenExpiresAt: null,
          webhookSecret: null,
          app: credential.app,
          installationId: credential.installationId,
        };
  const values = {
    ...rest,
    ...secrets,
    state: "active",
    stateReason: null,
    waitUntil: null,
    // Another choice of repositories or depth holds from the next list on.
    listedAt: null,
    checkedAt: new Date(),
  };
  const { id } = await getPrisma().githubConnection.upsert({
    where: { apiUrl_accountNodeId: { apiUrl, accountNodeId } },
    create: { ...values, orgId, apiUrl, accountNodeId },
    update: values,
    select: { id: true },
  });
  return id;
}

/**
 * The token of a connection that has one.
 * @throws {AppError} `unavailable` when no key of this installation opens it
 */
export async function connectionToken({ id, apiUrl, accountNodeId }: Connection): Promise<string> {
  const { token } = await getPrisma().githubConnection.findUniqueOrThrow({ where: { id }, select: { token: true } });
  const opened = token === null ? null : openSealed(token, tokenPlace(apiUrl, accountNodeId), sealingKeys().all);
  if (opened !== null) return opened;
  throw new AppError({
    code: "unavailable",
    message: "The token of this connection cannot be opened with FLEETGAUGE_SECRET: connect GitHub again.",
  });
}
