import type { RouteHandler } from "@/lib/api/define-route";
import { testKey } from "@/tests/factories/accounts";

type Handler =
  | RouteHandler
  | ((request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>);

export const ORIGIN = "http://127.0.0.1:3000";

interface CallOptions {
  params?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  method?: string;
  /** Who calls: headers that prove it. A key with every scope unless it is given; null for nobody. */
  as?: Readonly<Record<string, string>> | null;
}

/** Calls a route handler as its caller would; `path` holds the query string. */
export async function call(handler: Handler, path: string, options: CallOptions = {}): Promise<Response> {
  const { body, headers = {}, method = body === undefined ? "GET" : "POST", params = {} } = options;
  const proof = options.as === undefined ? { authorization: `Bearer ${await testKey()}` } : (options.as ?? {});
  const request = new Request(`${ORIGIN}${path}`, {
    method,
    headers: {
      host: "127.0.0.1:3000",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...proof,
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return handler(request, { params: Promise.resolve(params) });
}
