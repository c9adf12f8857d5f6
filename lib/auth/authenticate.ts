import { AppError } from "@/lib/core/errors";
import type { Caller } from "./caller";
import { findKeyCaller } from "./keys";
import { readSessionToken } from "./session-cookie";
import { findSessionCaller } from "./sessions";

/** The secret of `Authorization: Bearer …`; null without that header. @throws {AppError} `unauthorized` */
function readBearer(headers: Pick<Headers, "get">): string | null {
  const header = headers.get("authorization");
  if (header === null) return null;
  const secret = /^Bearer +(\S+)$/i.exec(header.trim())?.[1];
  if (secret === undefined) {
    throw new AppError({ code: "unauthorized", message: "Send the key as `Authorization: Bearer fg_…`." });
  }
  return secret;
}

/**
 * Finds out who asks, from a key or from the cookie of a session: what the database says now, so that whoever was
 * disabled, revoked or given another role is so with the next request.
 * @returns null for nobody
 * @throws {AppError} `unauthorized` for a key that is not valid: a cookie beside it is not looked at
 */
export async function authenticate(headers: Pick<Headers, "get">): Promise<Caller | null> {
  const secret = readBearer(headers);
  if (secret !== null) {
    const caller = await findKeyCaller(secret);
    if (caller === null) throw new AppError({ code: "unauthorized", message: "This key is not valid (any more)." });
    return caller;
  }
  const token = readSessionToken(headers);
  return token === null ? null : findSessionCaller(token);
}
