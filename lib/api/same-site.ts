import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** What a `Host` header names, in the form of a URL; null for what is no host. */
function readHost(header: string): URL | null {
  const url = `http://${header}`;
  return /^[A-Za-z0-9.\-:[\]]+$/.test(header) && URL.canParse(url) ? new URL(url) : null;
}

function isOurs({ hostname }: URL): boolean {
  return LOOPBACK_NAMES.has(hostname) || hostname === new URL(env().appUrl).hostname;
}

/** Whether a page of that origin is one that this server sent, port and all. */
function isOwnOrigin(origin: string, host: URL): boolean {
  return URL.canParse(origin) && (new URL(origin).host === host.host || origin === new URL(env().appUrl).origin);
}

/**
 * Refuses what pages of other sites make a browser send: through a name that they make resolve to this server, which
 * the `Host` header gives away, or across origins, which `Sec-Fetch-Site` and `Origin` do.
 * @throws {AppError} `forbidden`
 */
export function assertOwnHost(request: Request): URL {
  const host = readHost(request.headers.get("host") ?? new URL(request.url).host);
  if (host === null || !isOurs(host)) {
    throw new AppError({
      code: "forbidden",
      message: "This server does not answer to that name. Its name is set with APP_URL.",
    });
  }
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const foreignSite = site !== null && site !== "same-origin" && site !== "none";
  if (foreignSite || (origin !== null && !isOwnOrigin(origin, host))) {
    throw new AppError({ code: "forbidden", message: "This server does not answer pages of other sites." });
  }
  return host;
}

/**
 * Refuses a change that a browser's cookie would allow, unless the request says that it comes from a page of ours: a
 * browser always does. Programs use a key, which no browser sends by itself.
 * @throws {AppError} `forbidden`
 */
export function assertOwnPage({ headers, method }: Request): void {
  if (SAFE_METHODS.has(method)) return;
  if (headers.get("origin") !== null || headers.get("sec-fetch-site") === "same-origin") return;
  throw new AppError({
    code: "forbidden",
    message: "The request does not say which page it comes from (Origin). A program signs its requests with a key.",
  });
}
