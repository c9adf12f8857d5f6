import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** A key that secrets are sealed with, and the name by which a sealed value says which one it was. */
export interface SealingKey {
  /** Eight bytes, made from the key; two installations with the same secret agree on it. */
  id: Buffer;
  key: Buffer;
}

/** What a sealed value belongs to. It opens nowhere else, so a value copied into another row or column is refused. */
export interface SealedPlace {
  table: string;
  column: string;
  /** The row's own identity, such as the account that a token is for. */
  row: string;
}

const FORMAT = 1;
const ID_BYTES = 8;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + ID_BYTES + IV_BYTES + TAG_BYTES;

/** Derives the sealing key of an installation's secret (HKDF-SHA-256), so that the secret itself is never a cipher key. */
export function sealingKey(secret: string): SealingKey {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "fleetgauge sealed secrets", 32));
  return { id: createHash("sha256").update(key).digest().subarray(0, ID_BYTES), key };
}

const associatedData = ({ table, column, row }: SealedPlace, id: Buffer): Buffer =>
  Buffer.from(JSON.stringify([table, column, row, id.toString("hex")]), "utf8");

/** Seals a text with AES-256-GCM for one place. The same text sealed twice gives different bytes. */
export function seal(text: string, place: SealedPlace, { id, key }: SealingKey): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(associatedData(place, id));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([FORMAT]), id, iv, cipher.getAuthTag(), body]);
}

/** Whether a value was sealed with this key. */
export function isSealedWith(sealed: Uint8Array, { id }: SealingKey): boolean {
  return sealed.length >= HEADER_BYTES && sealed[0] === FORMAT && id.equals(sealed.subarray(1, 1 + ID_BYTES));
}

/**
 * Opens a sealed value.
 * @returns null when none of the keys sealed it, it belongs to another place, or its bytes were changed
 */
export function openSealed(sealed: Uint8Array, place: SealedPlace, keys: readonly SealingKey[]): string | null {
  const found = keys.find((key) => isSealedWith(sealed, key));
  if (found === undefined) return null;
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  const ivStart = 1 + ID_BYTES;
  const tagStart = ivStart + IV_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", found.key, bytes.subarray(ivStart, tagStart))
    .setAAD(associatedData(place, found.id))
    .setAuthTag(bytes.subarray(tagStart, HEADER_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
