import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { answerWebhook } from "@/lib/api/answer-webhook";
import { makeProblem } from "@/lib/api/problem";
import { PATH_HEADER } from "@/lib/auth/path-header";
import { CLIENT_ADDRESS_HEADER, clientAddress } from "@/lib/core/client-address";
import { contentSecurityPolicy, createNonce, NONCE_HEADER } from "@/lib/core/content-security-policy";
import { env } from "@/lib/core/env";
import { createLogger } from "@/lib/core/logger";
import { DIRECT_WEBHOOKS } from "./direct-routes";

const log = createLogger("web");

/** Nobody needs longer to send its headers, or a request as a whole; a connection that stays open may be idle for a minute. */
const LIMITS = {
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
};
/** Requests under way may take this long to end when the server stops. */
const DRAIN_MS = 10_000;
const IDLE_CHECK_MS = 50;

/** What Node.js says of requests that it did not read to the end of their headers. */
const UNREAD: Readonly<Record<string, { status: number; detail: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: "The address and the headers are larger than 16 KB together." },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: "The request took too long to arrive." },
};

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const API_METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const PAGE_METHODS = new Set(["GET", "HEAD"]);

/** Notes on a request what only this server knows, over whatever a client wrote under these names. */
function annotate({ headers, socket, url = "" }: IncomingMessage): void {
  headers[CLIENT_ADDRESS_HEADER] = clientAddress(socket.remoteAddress, headers["x-forwarded-for"], env().trustProxy);
  headers[PATH_HEADER] = url;
}

/** Gives a page its nonce: the framework reads it from the policy of the request, browsers from that of the answer. */
function setPolicy({ headers }: IncomingMessage, response: ServerResponse, isApi: boolean): void {
  const nonce = createNonce();
  const policy = contentSecurityPolicy(isApi ? null : nonce, env());
  headers[NONCE_HEADER] = nonce;
  headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
  if (env().appUrl.startsWith("https:"))
    response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

function refuseMethod(request: IncomingMessage, response: ServerResponse, allowed: ReadonlySet<string>): void {
  const body = JSON.stringify(makeProblem(405, `${request.method} is not possible here.`));
  response.writeHead(405, {
    Allow: [...allowed].join(", "),
    Connection: "close",
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
}

/** Answers what it can itself and passes the rest on. */
export function createWebServer(passOn: Handler): Server {
  const server = createServer(LIMITS, (request, response) => {
    const { url = "" } = request;
    const query = url.indexOf("?");
    const path = query === -1 ? url : url.slice(0, query);
    const isApi = path === "/api" || path.startsWith("/api/");
    annotate(request);
    setPolicy(request, response, isApi);
    const allowed = isApi ? API_METHODS : PAGE_METHODS;
    if (!allowed.has(request.method ?? "")) {
      refuseMethod(request, response, allowed);
      return;
    }
    const webhook = request.method === "POST" ? DIRECT_WEBHOOKS.get(path) : undefined;
    const answer = webhook === undefined ? passOn(request, response) : answerWebhook(webhook, request, response, path);
    answer.catch((error: unknown) => {
      log.error({ err: error, path }, "a request was not answered");
      response.destroy();
    });
  });
  server.on("clientError", refuseUnread);
  // No page speaks another protocol.
  server.on("upgrade", (_request: IncomingMessage, socket: Duplex) => {
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  return server;
}

/** Answers what could not be read as a request, as the API answers what it refuses. */
function refuseUnread(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const { detail, status } = UNREAD[error.code ?? ""] ?? { status: 400, detail: "The request is not HTTP." };
  const body = JSON.stringify(makeProblem(status, detail));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Takes no new connection, lets requests under way end, and closes what is left after ten seconds. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that answers its last request now becomes idle, and would be kept for a next one.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

export interface RunningWebServer {
  server: Server;
  stop(): Promise<void>;
}

/** Starts the web server on the production build in `dir`. */
export async function startWebServer(options: {
  dir: string;
  hostname: string;
  port: number;
}): Promise<RunningWebServer> {
  const { dir, hostname, port } = options;
  const app = next({ dev: false, dir, hostname, port, quiet: true });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createWebServer((request, response) => handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    server,
    async stop() {
      await drain(server);
      await app.close();
    },
  };
}
