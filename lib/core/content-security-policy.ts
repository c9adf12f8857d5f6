import { randomBytes } from "node:crypto";
import type { Env } from "./env";

/** Carries the nonce of a request from the web server to the pages. */
export const NONCE_HEADER = "x-fleetgauge-nonce";

export function createNonce(): string {
  return randomBytes(16).toString("base64");
}

/** A host of `EGRESS_ALLOW_HOSTS`, on any port where none is named. */
const insecureOrigin = (host: string): string => `http://${host}${/:\d+$/.test(host) ? "" : ":*"}`;

/**
 * What a page may load, run and send. Scripts run with the nonce of their request alone; what an answer of the API would
 * be if a browser showed it may do nothing.
 * @param nonce null for the API
 */
export function contentSecurityPolicy(
  nonce: string | null,
  { egressAllowHosts }: Pick<Env, "egressAllowHosts">,
): string {
  const never = ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"];
  if (nonce === null) return ["default-src 'none'", "form-action 'none'", ...never].join("; ");
  // The form that makes a GitHub App is sent to github.com or to a GitHub of one's own.
  const forms = ["'self'", "https:", ...egressAllowHosts.map(insecureOrigin)];
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Charts and popups place their parts with style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${forms.join(" ")}`,
    ...never,
  ].join("; ");
}
