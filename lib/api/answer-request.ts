import { performance } from "node:perf_hooks";
import { createLogger } from "@/lib/core/logger";
import { makeProblem, type Problem, problemOf, problemResponse } from "./problem";
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

/** Answers a request, maps what goes wrong to a problem document (RFC 9457), and writes one log line. */
export async function answerRequest(request: Request, answer: () => Promise<Response>): Promise<Response> {
  const start = performance.now();
  let response: Response;
  let failure: unknown;
  try {
    response = await answer();
  } catch (error) {
    failure = error;
    const problem = problemFor(error);
    response = problemResponse(problem, problem.status === 503 ? { "Retry-After": RETRY_AFTER_SECONDS } : {});
  }
  const line = {
    method: request.method,
    path: new URL(request.url).pathname,
    status: response.status,
    ms: Math.round(performance.now() - start),
  };
  if (response.status >= 500) log.error({ ...line, err: failure }, "request failed");
  else log.info(line, "request");
  return response;
}
