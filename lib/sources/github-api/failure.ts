/** Why GitHub did not answer, as far as whoever asks again has to know. */
export type FailureReason =
  /** A limit is used up: ask again after `until`. */
  | { kind: "rate_limited"; until: Date; secondary: boolean }
  /** The question took GitHub too long: ask for less at once. */
  | { kind: "too_heavy" }
  /** The network, a proxy, or a server that stumbled: ask the same again. */
  | { kind: "transient" }
  /** The token is refused: nothing can be asked until someone connects again. */
  | { kind: "unauthorized" }
  /** This much is not allowed; `permission` as GitHub names it, where it does. */
  | { kind: "forbidden"; permission: string | null }
  /** It does not exist, was deleted, or is not shown to this token. */
  | { kind: "not_found" }
  /** The place in a list is no longer known: walk it again from its beginning. */
  | { kind: "stale_cursor" }
  /** GitHub understands the question otherwise than we do: asking again helps nobody. */
  | { kind: "refused" };

/** An answer that is none. Its message never holds a token. */
export class GitHubFailure extends Error {
  override readonly name = "GitHubFailure";

  constructor(
    readonly reason: FailureReason,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** What a failed request says of itself, from whatever library threw it. */
interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  message: string;
}

const SECONDARY_WAIT_MS = 60_000;
const SECONDARY = /secondary rate limit|abuse detection/i;
const PRIMARY = /API rate limit exceeded/i;
const TOO_HEAVY =
  /something went wrong while executing your query|timed? ?out|couldn't respond to your request in time|MAX_NODE_LIMIT/i;
const STALE_CURSOR = /cursor/i;
const NOT_ACCESSIBLE = /resource not accessible/i;

const toInt = (text: string | undefined): number | null =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : null;

/** When a limited request may be made again, by the headers that GitHub sends with a refusal. */
function waitOf({ headers, message }: HttpAnswer, now: Date): FailureReason | null {
  const secondary = SECONDARY.test(message);
  const retryAfter = toInt(headers["retry-after"]);
  if (retryAfter !== null) {
    return { kind: "rate_limited", until: new Date(now.getTime() + Math.max(1, retryAfter) * 1000), secondary: true };
  }
  const reset = toInt(headers["x-ratelimit-reset"]);
  if (reset !== null && (headers["x-ratelimit-remaining"] === "0" || PRIMARY.test(message)) && !secondary) {
    return { kind: "rate_limited", until: new Date(reset * 1000), secondary: false };
  }
  if (!secondary && !PRIMARY.test(message)) return null;
  return { kind: "rate_limited", until: new Date(now.getTime() + SECONDARY_WAIT_MS), secondary };
}

/** What an HTTP status says. @param heavy whether less could be asked for at once */
export function reasonOfStatus(answer: HttpAnswer, now: Date, heavy: boolean): FailureReason {
  const { headers, status } = answer;
  if (status === 401) return { kind: "unauthorized" };
  if (status === 403 || status === 429) {
    const limited = waitOf(answer, now);
    if (limited !== null) return limited;
    if (status === 429) {
      return { kind: "rate_limited", until: new Date(now.getTime() + SECONDARY_WAIT_MS), secondary: true };
    }
    return { kind: "forbidden", permission: headers["x-accepted-github-permissions"] ?? null };
  }
  if (status === 404 || status === 410 || status === 451) return { kind: "not_found" };
  if (heavy && (status === 502 || status === 504)) return { kind: "too_heavy" };
  return status >= 500 || status === 408 ? { kind: "transient" } : { kind: "refused" };
}

export interface GraphqlError {
  message: string;
  type?: string;
  path?: readonly (string | number)[];
}

/**
 * What the errors of a GraphQL answer say of the whole answer; null where they are about parts of it alone, which are
 * null in the data.
 */
export function reasonOfErrors(
  errors: readonly GraphqlError[],
  headers: HttpAnswer["headers"],
  now: Date,
  hasData: boolean,
): FailureReason | null {
  for (const { message, path, type } of errors) {
    if (type === "RATE_LIMITED" || SECONDARY.test(message) || PRIMARY.test(message)) {
      const limited = waitOf({ status: 200, headers, message }, now);
      return limited ?? { kind: "rate_limited", until: new Date(now.getTime() + SECONDARY_WAIT_MS), secondary: false };
    }
    if (type === "MAX_NODE_LIMIT_EXCEEDED" || TOO_HEAVY.test(message)) return { kind: "too_heavy" };
    if (type === "INVALID_CURSOR_ARGUMENTS" || (type === undefined && STALE_CURSOR.test(message))) {
      return { kind: "stale_cursor" };
    }
    // What the credential may not read is left out of the answer, wherever it is.
    if (type === "FORBIDDEN" && NOT_ACCESSIBLE.test(message)) return { kind: "forbidden", permission: null };
    // Only what was asked for itself, not something inside of it.
    const isTop = path === undefined || path.length <= 1;
    if (isTop && type === "NOT_FOUND") return { kind: "not_found" };
    if (isTop && (type === "FORBIDDEN" || type === "INSUFFICIENT_SCOPES"))
      return { kind: "forbidden", permission: null };
  }
  return hasData ? null : { kind: "refused" };
}
