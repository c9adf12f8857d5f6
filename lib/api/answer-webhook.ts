import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { securityHeaders } from "@/lib/core/security-headers";
import { observeRequest } from "@/lib/telemetry/requests";
import { failureOf, logAnswer } from "./failure";
import { readRawBody } from "./read-raw-body";
import type { HeaderReader, Webhook } from "./webhook";

const ALWAYS = Object.fromEntries(securityHeaders.map(({ key, value }) => [key, value]));

function headersOf({ headers }: IncomingMessage): HeaderReader {
  return {
    get(name) {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(", ") : (value ?? null);
    },
  };
}

/**
 * Answers a delivery on the bare connection, as the route of the framework does: same checks, same answers, same log
 * line. A storm of deliveries then costs what checking and storing them costs.
 */
export async function answerWebhook(
  { admit, receive, maxBytes }: Webhook,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const start = performance.now();
  const headers = headersOf(request);
  let error: unknown;
  try {
    await admit(headers);
    const body = await readRawBody(request, { declared: headers.get("content-length"), maxBytes });
    send(response, 202, "application/json", await receive(headers, body), { "Cache-Control": "no-store" });
  } catch (thrown) {
    error = thrown;
    const { problem, headers: more } = failureOf(thrown);
    // What is left of a body that was not read would hold up the next request of this connection.
    const rest: Record<string, string> = request.complete ? {} : { Connection: "close" };
    send(response, problem.status, "application/problem+json", problem, {
      "Cache-Control": "private, no-store",
      ...more,
      ...rest,
    });
  }
  const seconds = (performance.now() - start) / 1000;
  observeRequest({ method: "POST", route: path, status: response.statusCode, seconds });
  logAnswer({ method: request.method ?? "", path, status: response.statusCode, start }, error);
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: object,
  headers: Readonly<Record<string, string>>,
): void {
  // The caller may have gone while its delivery was stored; it is stored nevertheless.
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...ALWAYS,
    ...headers,
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}
