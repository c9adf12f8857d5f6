import { createHash, randomBytes, randomUUID } from "node:crypto";
import { recordAudit } from "@/lib/audit/record";
import type { AuditActor } from "@/lib/audit/types";
import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Caller } from "./caller";
import { mintScope } from "./mint-scope";
import { isPermission, KEY_SCOPES, type KeyScope } from "./roles";
import { assertSigned, createSigningSecret, type WebhookSignature } from "./signing-secrets";
import type { ApiKeyItem } from "./types";

const PREFIX = "fg_";
/** Letters of a key that are kept, so that its owner can tell which one it is. */
const SHOWN_LETTERS = 9;
const TOUCH_SECONDS = 60;

/** A key has 256 random bits, so its plain digest cannot be guessed back. */
const digestOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

interface NewKey {
  name: string;
  scopes: readonly KeyScope[];
  /** Null for one that does not end. */
  expiresInDays: number | null;
}

/** Who a key is made by: a user, whom it ends with, or the command line, which has no user. */
const makerOf = ({ id, kind }: AuditActor): string | null => (kind === "user" ? id : null);

/**
 * Makes a key; one that may send events has a secret to sign webhooks with beside it.
 * @returns the key itself and that secret, which nothing can show a second time
 */
export async function createKey(actor: AuditActor, { expiresInDays, name, scopes }: NewKey) {
  const key = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  const id = randomUUID();
  const held = [...new Set(scopes)];
  const signing = held.includes("events:write") ? createSigningSecret(id) : null;
  await withTransaction(async (client) => {
    await execute(
      sql`insert into api_key (id, name, prefix, digest, scopes, signing_secret, created_by, expires_at)
        values (${id}, ${name}, ${key.slice(0, SHOWN_LETTERS)}, ${digestOf(key)}, ${held}::text[],
          ${signing?.sealed ?? null}, ${makerOf(actor)}, now() + make_interval(days => ${expiresInDays}::int))`,
      client,
    );
    const after = { scopes: held, expiresInDays };
    await recordAudit(client, { actor, action: "key.created", target: { kind: "key", id, name }, after });
  });
  return { id, key, signingSecret: signing?.secret ?? null };
}

/** Makes sure that a key of the environment is there, with all scopes; one that was revoked stays so. */
export async function ensureKey(secret: string): Promise<void> {
  await execute(
    sql`insert into api_key (id, name, prefix, digest, scopes)
      values (${randomUUID()}, 'FLEETGAUGE_INIT_API_KEY', ${secret.slice(0, SHOWN_LETTERS)}, ${digestOf(secret)},
        ${[...KEY_SCOPES]}::text[])
      on conflict (digest) do nothing`,
  );
}

interface KeyRow {
  id: string;
  name: string;
  scopes: string[];
  signing_secret: Buffer | null;
  is_stale: boolean;
}

/** A key that is valid now, and whose maker was not disabled. */
async function validKey(which: Sql): Promise<KeyRow | null> {
  const [row] = await query<KeyRow>(
    sql`select k.id, k.name, k.scopes, k.signing_secret,
        coalesce(k.last_used_at < now() - make_interval(secs => ${TOUCH_SECONDS}), true) as is_stale
      from api_key k left join app_user u on u.id = k.created_by
      where ${which} and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
        and u.disabled_at is null`,
  );
  return row ?? null;
}

/** Who holds a key, if it is valid now. */
export async function findKeyCaller(secret: string): Promise<Caller | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const row = await validKey(sql`k.digest = ${digestOf(secret)}`);
  return row === null ? null : callerOf(row);
}

/**
 * Who sent a webhook that is signed with the secret of a key.
 * @param keyId as the address of the webhook names it
 * @throws {AppError} `unauthorized`
 */
export async function findSignedCaller(keyId: string, signature: WebhookSignature, body: Uint8Array): Promise<Caller> {
  const row = await validKey(sql`k.id = ${keyId}`);
  if (row?.signing_secret == null) {
    const message = "The address names no valid key that signs webhooks: ?key= is the id of one that may send events.";
    throw new AppError({ code: "unauthorized", message });
  }
  assertSigned(signature, body, { keyId: row.id, sealed: row.signing_secret });
  return callerOf(row);
}

async function callerOf(row: KeyRow): Promise<Caller> {
  if (row.is_stale) await execute(sql`update api_key set last_used_at = now() where id = ${row.id}`);
  return {
    kind: "key",
    id: row.id,
    name: row.name,
    permissions: new Set(row.scopes.filter(isPermission)),
    scope: mintScope({
      organizations: "all",
      teams: "all",
      personFields: false,
      moneyFields: row.scopes.includes("money:read"),
    }),
  };
}

/** Every key, the newest first; what was revoked stays to be seen. */
export async function listKeys(): Promise<ApiKeyItem[]> {
  const rows = await query<{
    id: string;
    name: string;
    prefix: string;
    scopes: KeyScope[];
    creator: string | null;
    created_at: Date;
    expires_at: Date | null;
    last_used_at: Date | null;
    revoked_at: Date | null;
    state: ApiKeyItem["state"];
  }>(
    sql`select k.id, k.name, k.prefix, k.scopes, u.name as creator, k.created_at, k.expires_at, k.last_used_at,
        k.revoked_at, case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired'
          when u.disabled_at is not null then 'creator_disabled' else 'active' end as state
      from api_key k left join app_user u on u.id = k.created_by
      order by k.created_at desc, k.id`,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    creator: row.creator,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    state: row.state,
  }));
}

/** Ends a key: the next request with it is refused. Ending it again changes nothing. @throws {AppError} `not_found` */
export async function revokeKey(actor: AuditActor, id: string): Promise<void> {
  await withTransaction(async (client) => {
    const [key] = await query<{ name: string; revoked_at: Date | null }>(
      sql`select name, revoked_at from api_key where id = ${id} for update`,
      client,
    );
    if (key === undefined) throw new AppError({ code: "not_found", message: "There is no such key." });
    if (key.revoked_at !== null) return;
    await execute(sql`update api_key set revoked_at = now() where id = ${id}`, client);
    await recordAudit(client, { actor, action: "key.revoked", target: { kind: "key", id, name: key.name } });
  });
}
