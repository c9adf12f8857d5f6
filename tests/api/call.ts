import type { RouteHandler } from "@/lib/api/define-route";

type Handler =
  | RouteHandler
  | ((request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>);

const ORIGIN = "http://127.0.0.1:3000";

interface CallOptions {
  params?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  method?: string;
}

/** Calls a route handler as its caller would; `path` holds the query string. */
export async function call(handler: Handler, path: string, options: CallOptions = {}): Promise<Response> {
  const { body, headers = {}, method = body === undefined ? "GET" : "POST", params = {} } = options;
  const request = new Request(`${ORIGIN}${path}`, {
    method,
    headers: { host: "127.0.0.1:3000", ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return handler(request, { params: Promise.resolve(params) });
}
