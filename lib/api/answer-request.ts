import { performance } from "node:perf_hooks";
import { failureOf, logAnswer } from "./failure";
import { problemResponse } from "./problem";

/** Answers a request, maps what goes wrong to a problem document (RFC 9457), and writes one log line. */
export async function answerRequest(request: Request, answer: () => Promise<Response>): Promise<Response> {
  const start = performance.now();
  let response: Response;
  let error: unknown;
  try {
    response = await answer();
  } catch (thrown) {
    error = thrown;
    const { problem, headers } = failureOf(thrown);
    response = problemResponse(problem, headers);
  }
  const { method, url } = request;
  logAnswer({ method, path: new URL(url).pathname, status: response.status, start }, error);
  return response;
}
