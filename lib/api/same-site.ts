import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

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
 * Lets through whoever sits at this machine, until accounts exist. The server listens on loopback, but a page of
 * another site can make a browser call it: through a name that it makes resolve to 127.0.0.1, which the `Host` header
 * gives away, or across origins, which `Sec-Fetch-Site` and `Origin` do.
 * @throws {AppError} `forbidden`
 */
export function assertLocalCaller(request: Request): void {
  const host = readHost(request.headers.get("host") ?? new URL(request.url).host);
  if (host === null || !isOurs(host)) {
    throw new AppError({
      code: "forbidden",
      message: "This server answers only to the name of the machine that it runs on.",
    });
  }
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const foreignSite = site !== null && site !== "same-origin" && site !== "none";
  if (foreignSite || (origin !== null && !isOwnOrigin(origin, host))) {
    throw new AppError({ code: "forbidden", message: "This server does not answer pages of other sites." });
  }
}
