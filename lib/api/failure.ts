import { performance } from "node:perf_hooks";
import { TooManyRequests } from "@/lib/auth/rate-limit";
import { createLogger } from "@/lib/core/logger";
import { makeProblem, type Problem, problemOf } from "./problem";
import { InvalidInput, UnsupportedContentType } from "./read-input";

const log = createLogger("api");

/** A caller that is turned away for now may come back after as many seconds. */
const RETRY_AFTER_SECONDS = "5";

function problemFor(error: unknown): Problem {
  if (error instanceof InvalidInput) {
    const [first] = error.errors;
    return makeProblem(422, error.message, { ...(first && { pointer: first.pointer }), errors: error.errors });
  }
  if (error instanceof UnsupportedContentType) return makeProblem(415, error.message);
  return problemOf(error);
}

function headersFor(error: unknown, status: number): Record<string, string> {
  if (error instanceof TooManyRequests) return { "Retry-After": String(error.retryAfterSeconds) };
  if (status === 401) return { "WWW-Authenticate": "Bearer" };
  return status === 503 ? { "Retry-After": RETRY_AFTER_SECONDS } : {};
}

/** What a failure is to the caller, and the headers that go with it. */
export function failureOf(error: unknown): { problem: Problem; headers: Record<string, string> } {
  const problem = problemFor(error);
  return { problem, headers: headersFor(error, problem.status) };
}

/** The one log line of a request; a failure of ours comes with its error. */
export function logAnswer(
  { start, ...answer }: { method: string; path: string; status: number; start: number },
  error: unknown,
): void {
  const line = { ...answer, ms: Math.round(performance.now() - start) };
  if (answer.status >= 500) log.error({ ...line, err: error }, "request failed");
  else log.info(line, "request");
}
