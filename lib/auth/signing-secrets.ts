import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { openSealed, type SealedPlace, seal } from "@/lib/core/secrets/seal";

/** How the secrets of Standard Webhooks begin; what follows is base64. */
const PREFIX = "whsec_";
const SECRET_BYTES = 32;
/** How far the clock of a sender may be from ours. */
const TOLERANCE_SECONDS = 300;

/** Where the secret of a key is kept. */
export const signingSecretPlace = (keyId: string): SealedPlace => ({
  table: "api_key",
  column: "signing_secret",
  row: keyId,
});

/** A secret to sign with, and how it is kept. */
export function createSigningSecret(keyId: string): { secret: string; sealed: Buffer } {
  const secret = `${PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;
  return { secret, sealed: seal(secret, signingSecretPlace(keyId), sealingKeys().current) };
}

/** What a webhook says of itself, after Standard Webhooks 1.0. */
export interface WebhookSignature {
  id: string;
  timestamp: string;
  /** `v1,<base64>`, several of them with spaces between. */
  signatures: string;
}

/** The headers of a webhook that is signed; null for a request that is none. */
export function readWebhookSignature(headers: Pick<Headers, "get">): WebhookSignature | null {
  const [id, timestamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
    headers.get(name),
  );
  return id && timestamp && signatures ? { id, timestamp, signatures } : null;
}

const refused = (message: string) => new AppError({ code: "unauthorized", message });

/**
 * Checks that a body was signed with a sealed secret, just now (Standard Webhooks 1.0: HMAC-SHA256 of id, timestamp and body).
 * @throws {AppError} `unauthorized` that says what is wrong; of the signature itself only that
 */
export function assertSigned(
  { id, signatures, timestamp }: WebhookSignature,
  body: Uint8Array,
  { keyId, sealed }: { keyId: string; sealed: Uint8Array },
  now = new Date(),
): void {
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  if (Number.isNaN(seconds)) throw refused("The header webhook-timestamp is no number of seconds.");
  if (Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_SECONDS)
    throw refused("The webhook was signed more than five minutes ago, or the sender's clock is wrong.");
  const secret = openSealed(Buffer.from(sealed), signingSecretPlace(keyId), sealingKeys().all);
  if (secret === null) throw refused("The signing secret of this key cannot be opened any more: make a new key.");
  const expected = createHmac("sha256", Buffer.from(secret.slice(PREFIX.length), "base64"))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest();
  const isSigned = signatures.split(" ").some((one) => {
    const given = Buffer.from(one.startsWith("v1,") ? one.slice("v1,".length) : "", "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned) throw refused("The body is not signed with the signing secret of this key (webhook-signature).");
}
