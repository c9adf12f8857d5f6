import { createHmac, randomBytes } from "node:crypto";
import type { Erased } from "@/lib/core/erase-identities";
import { AppError } from "@/lib/core/errors";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed, type SealedPlace, seal } from "@/lib/core/secrets/seal";
import type { Queryable } from "./pool";
import { execute, query } from "./query";
import { sql } from "./sql";

export const ERASURE_KEY_PLACE: SealedPlace = { table: "installation", column: "erasure_key", row: "1" };

/** Namespace of the lock of an organisation's writers: shared by who writes, alone for who erases. */
const LOCK = 1_179_076_945;

const digestOf = (key: Buffer, orgId: number, identity: string): Buffer =>
  createHmac("sha256", key).update(`${orgId} ${identity}`).digest();

async function readKey(client: Queryable): Promise<Buffer | null> {
  const [row] = await query<{ erasure_key: Uint8Array | null }>(
    sql`select erasure_key from installation where id = 1`,
    client,
  );
  const sealed = row?.erasure_key ?? null;
  if (sealed === null) return null;
  const text = openSealed(sealed, ERASURE_KEY_PLACE, sealingKeys().all);
  if (text !== null) return Buffer.from(text, "base64");
  throw new AppError({
    code: "unavailable",
    message:
      "Nothing can be written: the key of erased people was sealed with another FLEETGAUGE_SECRET. Start with that one, or name it in FLEETGAUGE_PREVIOUS_SECRETS.",
  });
}

/**
 * Who of an organisation was erased, for what is written in this transaction; nobody can be erased until it ends.
 * @returns null when nobody was, which is the usual case and costs two short statements
 */
export async function loadErased(client: Queryable, orgId: number): Promise<Erased | null> {
  await query(sql`select pg_advisory_xact_lock_shared(${LOCK}, ${orgId})`, client);
  const rows = await query<{ digest: Uint8Array; pseudonym: string }>(
    sql`select digest, pseudonym from erased_identity where org_id = ${orgId}`,
    client,
  );
  const key = rows.length === 0 ? null : await readKey(client);
  if (key === null) return null;
  const pseudonyms = new Map(rows.map(({ digest, pseudonym }) => [Buffer.from(digest).toString("hex"), pseudonym]));
  return (identity) => pseudonyms.get(digestOf(key, orgId, identity).toString("hex")) ?? null;
}

/** Waits until nobody writes for the organisation, and lets nobody until the transaction ends. */
export async function lockForErasure(client: Queryable, orgId: number): Promise<void> {
  await query(sql`select pg_advisory_xact_lock(${LOCK}, ${orgId})`, client);
}

/** Notes that these identities are one erased person's. @returns the pseudonym */
export async function noteErased(client: Queryable, orgId: number, identities: readonly string[]): Promise<string> {
  let key = await readKey(client);
  if (key === null) {
    key = randomBytes(32);
    const sealed = seal(key.toString("base64"), ERASURE_KEY_PLACE, sealingKeys().current);
    await execute(sql`update installation set erasure_key = ${sealed} where id = 1`, client);
  }
  const digests = identities.map((identity) => digestOf(key, orgId, identity));
  const [known] = await query<{ pseudonym: string }>(
    sql`select pseudonym from erased_identity where org_id = ${orgId} and digest = any(${digests}::bytea[]) limit 1`,
    client,
  );
  const pseudonym = known?.pseudonym ?? randomBytes(6).toString("hex");
  await execute(
    sql`insert into erased_identity (org_id, digest, pseudonym)
      select ${orgId}, digest, ${pseudonym} from unnest(${digests}::bytea[]) digest on conflict do nothing`,
    client,
  );
  return pseudonym;
}
