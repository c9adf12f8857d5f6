import { randomBytes } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed, type SealedPlace, seal } from "@/lib/core/secrets/seal";
import type { Queryable } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

export const AUDIT_KEY_PLACE: SealedPlace = { table: "installation", column: "audit_key", row: "1" };

/** How far the log goes. */
export interface AuditHead {
  seq: number;
  hash: Buffer;
}

interface HeadRow {
  audit_key: Uint8Array | null;
  audit_seq: number;
  audit_hash: Uint8Array | null;
}

function opened(sealed: Uint8Array): Buffer {
  const text = openSealed(sealed, AUDIT_KEY_PLACE, sealingKeys().all);
  if (text === null) {
    throw new AppError({
      code: "unavailable",
      message:
        "The audit log cannot be continued: its key was sealed with another FLEETGAUGE_SECRET. Start with that one, or name it in FLEETGAUGE_PREVIOUS_SECRETS.",
    });
  }
  return Buffer.from(text, "base64");
}

/**
 * The key of the log and its last line; nobody else adds to the log until the transaction ends.
 * @throws {AppError} `unavailable` when there is no secret to open the key with
 */
export async function lockAuditHead(client: Queryable): Promise<AuditHead & { key: Buffer }> {
  const [row] = await query<HeadRow>(
    sql`select audit_key, audit_seq, audit_hash from installation where id = 1 for update`,
    client,
  );
  if (row === undefined) throw new Error("The installation has no row");
  const head = { seq: row.audit_seq, hash: Buffer.from(row.audit_hash ?? []) };
  if (row.audit_key !== null) return { ...head, key: opened(row.audit_key) };
  const key = randomBytes(32);
  const sealed = seal(key.toString("base64"), AUDIT_KEY_PLACE, sealingKeys().current);
  await execute(sql`update installation set audit_key = ${sealed} where id = 1`, client);
  return { ...head, key };
}

/** The same to read with; a log without any line has no key. */
export async function readAuditHead(client: Queryable): Promise<AuditHead & { key: Buffer | null }> {
  const [row] = await query<HeadRow>(
    sql`select audit_key, audit_seq, audit_hash from installation where id = 1`,
    client,
  );
  return {
    seq: row?.audit_seq ?? 0,
    hash: Buffer.from(row?.audit_hash ?? []),
    key: row === undefined || row.audit_key === null ? null : opened(row.audit_key),
  };
}

/** Whether the key of the log can be opened with the secrets of this process; true while there is none. */
export async function auditKeyOpens(): Promise<boolean> {
  const [row] = await query<HeadRow>(sql`select audit_key, audit_seq, audit_hash from installation where id = 1`);
  const sealed = row?.audit_key ?? null;
  return sealed === null || openSealed(sealed, AUDIT_KEY_PLACE, sealingKeys().all) !== null;
}
