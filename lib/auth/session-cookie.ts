import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether browsers keep cookies that are for secure connections alone: over https, and on the machine itself. */
function isSecure(): boolean {
  const { protocol, hostname } = new URL(env().appUrl);
  return protocol === "https:" || LOOPBACK.test(hostname);
}

/** Name of a cookie of ours; the prefix makes browsers refuse one that another host or path set. */
export function cookieName(name: "session" | "two_factor" | "sign_in"): string {
  return `${isSecure() ? "__Host-" : ""}fleetgauge_${name}`;
}

export const cookieAttributes = (): { secure: boolean; httpOnly: true; sameSite: "lax"; path: "/" } => ({
  secure: isSecure(),
  httpOnly: true,
  sameSite: "lax",
  path: "/",
});

/** The secrets that sign cookies: the one of now first. @throws {AppError} `unavailable` without one */
export function cookieSecrets(): readonly [string, ...string[]] {
  const { previousSecrets, secret } = env();
  if (secret === null) {
    throw new AppError({
      code: "unavailable",
      message: "Nobody can sign in: start the server with FLEETGAUGE_SECRET (at least 32 characters).",
    });
  }
  return [secret, ...previousSecrets];
}

/** A `Set-Cookie` header of ours. */
export function setCookie(name: Parameters<typeof cookieName>[0], value: string, seconds: number): string {
  const secure = isSecure() ? "; Secure" : "";
  return `${cookieName(name)}=${encodeURIComponent(value)}; Max-Age=${seconds}; Path=/; HttpOnly${secure}; SameSite=Lax`;
}

/** The token of a session with our signature, as the accounts library writes it too. */
export function signToken(token: string): string {
  return `${token}.${createHmac("sha256", cookieSecrets()[0]).update(token).digest("base64")}`;
}

/** The value of a cookie in a `Cookie` header, null when it is not there. */
export function readCookie(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** Reads the token of a session from the cookies of a request; null when there is none or we did not sign it. */
export function readSessionToken(headers: Pick<Headers, "get">): string | null {
  const signed = decoded(readCookie(headers.get("cookie") ?? "", cookieName("session")) ?? "") ?? "";
  const at = signed.lastIndexOf(".");
  if (at < 1) return null;
  const token = signed.slice(0, at);
  const signature = Buffer.from(signed.slice(at + 1), "base64");
  const isOurs = cookieSecrets().some((secret) => {
    const expected = createHmac("sha256", secret).update(token).digest();
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  });
  return isOurs ? token : null;
}
