import { AppError, type AppErrorCode, errorCode, isConnectionBroken } from "@/lib/core/errors";

const STATUS: Readonly<Record<AppErrorCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  payload_too_large: 413,
  unprocessable: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
};

const TITLE: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "Too slow",
  409: "Conflict",
  410: "Gone",
  413: "Too large",
  415: "Unsupported content type",
  422: "Cannot be processed",
  429: "Too many requests",
  431: "Headers too large",
  500: "Something went wrong",
  503: "Not available",
};

/** A problem document (RFC 9457). `pointer` is a JSON pointer to the offending field. */
export interface Problem {
  type: "about:blank";
  title: string;
  status: number;
  detail: string;
  pointer?: string;
  errors?: { detail: string; pointer: string }[];
}

/** Codes of a database that is away: refused, not found, starting, out of connections. */
const AWAY: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "57P03", "53300"]);

/** Text that PostgreSQL cannot keep: a zero byte, half of a surrogate pair. */
const UNSTORABLE: ReadonlySet<string> = new Set(["22021", "22P05"]);

function isAway(error: unknown): boolean {
  return AWAY.has(errorCode(error) ?? "") || isConnectionBroken(error);
}

/** What a failure is to the caller. Only an `AppError` says its own message; anything else is a defect and says nothing. */
export function problemOf(error: unknown): Problem {
  if (isAway(error)) return makeProblem(503, "The database does not answer; try again in a moment.");
  if (UNSTORABLE.has(errorCode(error) ?? ""))
    return makeProblem(400, "The request holds a character that no text has.");
  if (!(error instanceof AppError)) return makeProblem(500, "The server failed to answer; its log says why.");
  return makeProblem(STATUS[error.code], error.message, error.pointer === null ? {} : { pointer: error.pointer });
}

export function makeProblem(status: number, detail: string, extra: Pick<Problem, "pointer" | "errors"> = {}): Problem {
  return { type: "about:blank", title: TITLE[status] ?? "Problem", status, detail, ...extra };
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "private, no-store", ...headers },
  });
}
