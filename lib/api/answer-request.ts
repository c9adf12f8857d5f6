import { performance } from "node:perf_hooks";
import { observeRequest } from "@/lib/telemetry/requests";
import { failureOf, logAnswer } from "./failure";
import { problemResponse } from "./problem";

/** A request under way: which route it is for is known once its path was read. */
export interface Routed {
  /** The path with `{name}` for what varies. */
  route: string;
  /** The path as it may be logged. */
  path: string;
}

/** Answers a request, maps what goes wrong to a problem document (RFC 9457), counts it and writes one log line. */
export async function answerRequest(
  request: Request,
  answer: (routed: Routed) => Promise<Response>,
): Promise<Response> {
  const start = performance.now();
  const { method, url } = request;
  const { pathname } = new URL(url);
  const routed: Routed = { route: pathname, path: pathname };
  let response: Response;
  let error: unknown;
  try {
    response = await answer(routed);
  } catch (thrown) {
    error = thrown;
    const { problem, headers } = failureOf(thrown);
    response = problemResponse(problem, headers);
  }
  const seconds = (performance.now() - start) / 1000;
  observeRequest({ method, route: routed.route, status: response.status, seconds });
  logAnswer({ method, path: routed.path, status: response.status, start }, error);
  return response;
}
