import { createHmac, timingSafeEqual } from "node:crypto";

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/** The digest that a `X-Hub-Signature-256` header claims; null for a header that is missing or is none. */
export function readSignature(header: string | null): Buffer | null {
  const digest = SIGNATURE.exec(header?.trim() ?? "")?.[1];
  return digest === undefined ? null : Buffer.from(digest, "hex");
}

/**
 * Whether one of the secrets signed these bytes (HMAC-SHA-256). Every comparison takes the same time, and several
 * secrets let one be replaced without a gap.
 */
export function isSignedBy(secrets: readonly string[], body: Buffer, signature: Buffer): boolean {
  return secrets.some((secret) => timingSafeEqual(createHmac("sha256", secret).update(body).digest(), signature));
}
