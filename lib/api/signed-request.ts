import type { Caller } from "@/lib/auth/caller";
import { findSignedCaller } from "@/lib/auth/keys";
import { readWebhookSignature } from "@/lib/auth/signing-secrets";
import { readRawBody } from "./read-raw-body";

/** A request whose body is signed as a webhook (Standard Webhooks 1.0). */
export interface SignedRequest {
  /** The same request, to be read: its body was read to be checked. */
  request: Request;
  /** @throws {AppError} `unauthorized` for a signature that proves nothing */
  findCaller(): Promise<Caller>;
}

/**
 * A request that a signature is to prove; null for one that sends a key, or is not signed.
 * @throws {AppError} as reading its body does
 */
export async function readSignedRequest(request: Request, maxBytes: number): Promise<SignedRequest | null> {
  const { headers, method, url } = request;
  const signature = headers.has("authorization") ? null : readWebhookSignature(headers);
  if (signature === null) return null;
  const bytes = await readRawBody(request.body ?? [], { declared: headers.get("content-length"), maxBytes });
  return {
    request: new Request(url, { method, headers, body: new Uint8Array(bytes) }),
    findCaller: () => findSignedCaller(new URL(url).searchParams.get("key") ?? "", signature, bytes),
  };
}
