import { createHash, randomBytes } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { cookieName, readCookie, setCookie } from "../session-cookie";
import type { Proof } from "./proof";

/** How long somebody may take at the provider. */
export const ATTEMPT_LIFETIME = "10 minutes";
const LIFETIME_SECONDS = 600;

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** A sign-in that was begun and is not over. */
export interface Attempt {
  providerId: string;
  /** Where to go on; a path of ours. */
  next: string;
  /** Who adds the provider to their account; null for a sign-in. */
  userId: string | null;
}

/** Keeps an attempt. @returns the cookie that ties it to this browser */
export async function keepAttempt({ next, providerId, userId }: Attempt, proof: Proof): Promise<string> {
  const browser = randomBytes(32).toString("base64url");
  await execute(
    sql`insert into sign_in_attempt
        (state_digest, browser_digest, provider_id, nonce, code_verifier, next_path, user_id)
      values (${digestOf(proof.state)}, ${digestOf(browser)}, ${providerId}, ${proof.nonce}, ${proof.codeVerifier},
        ${next}, ${userId})`,
  );
  return setCookie("sign_in", browser, LIFETIME_SECONDS);
}

/** A cookie that makes the browser forget the attempt. */
export const attemptOver = (): string => setCookie("sign_in", "", 0);

/**
 * Takes the attempt that an answer belongs to: it is good for one answer.
 * @throws {AppError} `bad_request` when it was not begun in this browser, was used, or is too old
 */
export async function takeAttempt(state: string, headers: Pick<Headers, "get">): Promise<Attempt & { proof: Proof }> {
  const browser = readCookie(headers.get("cookie") ?? "", cookieName("sign_in")) ?? "";
  const [row] = await query<{
    provider_id: string;
    nonce: string;
    code_verifier: string;
    next_path: string;
    user_id: string | null;
  }>(
    sql`delete from sign_in_attempt where state_digest = ${digestOf(state)} and browser_digest = ${digestOf(browser)}
        and created_at > now() - ${ATTEMPT_LIFETIME}::interval
      returning provider_id, nonce, code_verifier, next_path, user_id`,
  );
  if (row === undefined) {
    throw new AppError({
      code: "bad_request",
      message:
        "This sign-in was not begun in this browser, was used before, or is older than ten minutes. Begin again.",
    });
  }
  const { code_verifier: codeVerifier, next_path: next, nonce, provider_id: providerId, user_id: userId } = row;
  return { providerId, next, userId, proof: { state, nonce, codeVerifier } };
}
