import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { isIP } from "node:net";
import { Agent, fetch as undiciFetch } from "undici";
import { AppError } from "@/lib/core/errors";
import { isPublicAddress } from "./private-address";

type Lookup = (
  hostname: string,
  options: { all: true; verbatim: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface EgressOptions {
  /** Lower-case host names, with an optional `:port`, that may be in a private network and need no TLS. */
  allowHosts: readonly string[];
  /** Milliseconds until an answer has to begin, and between two pieces of it. */
  timeoutMs?: number;
  /** Resolves names; the system's resolver unless one is given. */
  lookup?: Lookup;
}

const MAX_REDIRECTS = 3;
const DEFAULT_TIMEOUT_MS = 30_000;
const REDIRECTS = new Set([301, 302, 307, 308]);

const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
const portOf = (url: URL): string => url.port || (url.protocol === "https:" ? "443" : "80");

function isAllowed(url: URL, allowHosts: readonly string[]): boolean {
  const host = bareHost(url);
  return allowHosts.includes(host) || allowHosts.includes(`${host}:${portOf(url)}`);
}

function refusal(message: string): AppError {
  return new AppError({ code: "bad_request", message });
}

const inside = (host: string): AppError =>
  refusal(
    `${host} is not on the internet. If it is a server of yours, start Fleetgauge with EGRESS_ALLOW_HOSTS=${host}.`,
  );

/**
 * Checks an address before anything is sent to it: https, no credentials, no host of a private network by number.
 * @throws {AppError} `bad_request` saying what is wrong
 */
export function assertEgressUrl(address: string | URL, allowHosts: readonly string[]): URL {
  const url = typeof address === "string" ? (URL.canParse(address) ? new URL(address) : null) : address;
  if (url === null) throw refusal(`"${address}" is not an address.`);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refusal(`${url.protocol}// cannot be reached.`);
  if (url.username !== "" || url.password !== "") throw refusal("An address must not hold a user name or a password.");
  if (isAllowed(url, allowHosts)) return url;
  if (url.protocol !== "https:") throw refusal(`${url.host} has to be reached over https.`);
  const host = bareHost(url);
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw inside(host);
  return url;
}

/** What undici's `lookup` answers with, when several addresses are asked for or one. */
type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves a name for one connection; a name of which any address is private is refused there and then. */
function publicLookup(lookup: Lookup) {
  return (hostname: string, options: { all?: boolean }, answer: Answer): void => {
    lookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) answer(error, "");
      else if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        answer(inside(hostname), "");
      } else if (options.all === true) answer(null, addresses);
      else answer(null, first.address, first.family);
    });
  };
}

export type EgressFetch = (input: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` that leaves for the internet only. Names are checked where the socket is opened, so one that changes its
 * address between two looks gains nothing. Redirects are followed within the same origin alone: credentials never
 * go to another host.
 * @returns a function that throws {AppError} `bad_request` for what is not let out
 */
export function createEgressFetch({
  allowHosts,
  timeoutMs = DEFAULT_TIMEOUT_MS,
  lookup = systemLookup,
}: EgressOptions): EgressFetch {
  const timeouts = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  const open = new Agent({ ...timeouts, connect: { timeout: timeoutMs } });
  const guarded = new Agent({ ...timeouts, connect: { timeout: timeoutMs, lookup: publicLookup(lookup) } });

  async function once(url: URL, init: RequestInit): Promise<Response> {
    const dispatcher = isAllowed(url, allowHosts) ? open : guarded;
    try {
      // Node's own fetch is another copy of undici, whose types differ in name alone.
      const options = { ...init, redirect: "manual", dispatcher } as Parameters<typeof undiciFetch>[1];
      return (await undiciFetch(url, options)) as unknown as Response;
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      throw cause instanceof AppError ? cause : error;
    }
  }

  return async (input, init = {}) => {
    let url = assertEgressUrl(input, allowHosts);
    for (let turn = 0; ; turn += 1) {
      const response = await once(url, init);
      const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
      if (location === null) return response;
      const next = new URL(location, url);
      if (next.origin !== url.origin)
        throw refusal(`${url.host} sends requests on to ${next.host}, which is not followed.`);
      if (turn === MAX_REDIRECTS) throw refusal(`${url.host} sends requests in a circle.`);
      await response.body?.cancel();
      url = next;
    }
  };
}
