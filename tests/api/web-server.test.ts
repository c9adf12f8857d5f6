import { createHmac, randomUUID } from "node:crypto";
import { Agent, type IncomingHttpHeaders, request as open, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const SECRET = "the secret of the webhook";
const HOOK = "/api/webhooks/github";

let server: Server;
let drain: (server: Server) => Promise<void>;
let route: typeof import("@/app/api/webhooks/github/route");
let createWebServer: typeof import("@/lib/web/server").createWebServer;
let passedOn: string[] = [];
let passedHeaders: IncomingHttpHeaders = {};
const agent = new Agent({ keepAlive: true });

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Sent {
  method?: string;
  path?: string;
  body?: Buffer | string;
  headers?: Record<string, string>;
  /** Sends the body without saying how long it is. */
  chunked?: boolean;
}

/** Stays known when the server no longer listens. */
const ports = new WeakMap<Server, number>();
const portOf = (one: Server): number => ports.get(one) ?? 0;

function send({ method = "POST", path = HOOK, body = "", headers = {}, chunked = false }: Sent): Promise<Answer> {
  const length = chunked ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = open(
      { port: portOf(server), host: "127.0.0.1", method, path, agent, headers: { ...length, ...headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const sign = (body: Buffer | string): string => `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;

const delivery = (body: Buffer | string, id: string = randomUUID()): Sent => ({
  body,
  headers: {
    "content-type": "application/json",
    "x-github-event": "push",
    "x-github-delivery": id,
    "x-hub-signature-256": sign(body),
  },
});

async function listen(one: Server): Promise<void> {
  await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
  ports.set(one, (one.address() as AddressInfo).port);
}

async function start(): Promise<void> {
  server = createWebServer(async (request, response) => {
    passedOn.push(`${request.method} ${request.url}`);
    passedHeaders = request.headers;
    response.end("from the framework");
  });
  await listen(server);
}

beforeAll(async () => {
  vi.stubEnv("GITHUB_WEBHOOK_SECRET", SECRET);
  vi.resetModules();
  ({ createWebServer, drain } = await import("@/lib/web/server"));
  route = await import("@/app/api/webhooks/github/route");
  await start();
});
beforeEach(() => {
  passedOn = [];
});
afterAll(async () => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
  vi.unstubAllEnvs();
});

describe("the web server", () => {
  it("stores a delivery itself, byte by byte, and passes everything else on", async () => {
    const body = Buffer.from('{\r\n\t"title": "Zażółć 🎉 \\ud83d" }  ');
    const answer = await send({ ...delivery(body, "bytes"), path: `${HOOK}?from=github` });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([202, { duplicate: false }]);
    expect(await query(sql`select body, event from inbox where delivery_id = 'bytes'`)).toEqual([
      { body, event: "push" },
    ]);
    expect(passedOn).toEqual([]);
    for (const [method, path] of [
      ["GET", HOOK],
      ["PUT", HOOK],
      ["POST", `${HOOK}/`],
      ["POST", "/api/v1/imports"],
      ["GET", "/"],
    ]) {
      expect((await send({ method, path })).body).toBe("from the framework");
    }
    expect(passedOn).toEqual([`GET ${HOOK}`, `PUT ${HOOK}`, `POST ${HOOK}/`, "POST /api/v1/imports", "GET /"]);
  });

  it("says of a request what it knows itself, over whatever a client claims", async () => {
    await send({
      method: "GET",
      path: "/rollbacks?period=4w",
      headers: {
        "x-fleetgauge-client-address": "203.0.113.9",
        "x-fleetgauge-path": "/elsewhere",
        "x-fleetgauge-nonce": "known",
        "content-security-policy": "script-src 'nonce-known'",
        "x-forwarded-for": "203.0.113.9",
      },
    });
    expect(passedHeaders).toMatchObject({
      "x-fleetgauge-client-address": "127.0.0.1",
      "x-fleetgauge-path": "/rollbacks?period=4w",
    });
    expect(passedHeaders["x-fleetgauge-nonce"]).toMatch(/^[\w+/]{22}==$/);
    expect(passedHeaders["content-security-policy"]).toContain(`'nonce-${passedHeaders["x-fleetgauge-nonce"]}'`);
  });

  it("gives each page a nonce of its own, and the API a policy that allows nothing", async () => {
    const policyOf = async (path: string) =>
      String((await send({ method: "GET", path })).headers["content-security-policy"]);
    const [one, two] = [await policyOf("/"), await policyOf("/")];
    expect(one).toMatch(/script-src 'self' 'nonce-[^']{24}' 'strict-dynamic'/);
    expect(one).not.toBe(two);
    expect(await policyOf("/api/v1/metrics")).toContain("default-src 'none'");
    // Only behind https may a browser be told to stay with it.
    expect((await send({ method: "GET", path: "/" })).headers["strict-transport-security"]).toBeUndefined();
  });

  it.each([
    ["POST", "/overview", "GET, HEAD"],
    ["DELETE", "/", "GET, HEAD"],
    ["OPTIONS", "/overview", "GET, HEAD"],
    ["TRACE", "/api/v1/metrics", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
    ["PROPFIND", "/api/v1/metrics", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
    ["M-SEARCH", "/api", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
  ])("answers 405 to %s %s", async (method, path, allowed) => {
    const answer = await send({ method, path });
    expect(answer.status).toBe(405);
    expect(answer.headers).toMatchObject({ allow: allowed, "content-type": "application/problem+json" });
    expect(passedOn).toEqual([]);
  });

  const limit = 25 * 1024 * 1024;
  const large = Buffer.alloc(limit + 1, 0x20);
  const requests: [string, () => Sent][] = [
    ["a delivery", () => delivery('{"action":"opened"}')],
    ["an unsigned one", () => ({ body: "{}" })],
    ["a wrong signature", () => ({ ...delivery("{}"), body: "[]" })],
    [
      "no event",
      () => ({ ...delivery("{}"), headers: { "x-hub-signature-256": sign("{}"), "x-github-delivery": "a" } }),
    ],
    ["one byte too many", () => delivery(large)],
    ["one byte too many, chunked", () => ({ ...delivery(large), chunked: true })],
    ["an empty body", () => delivery("")],
  ];

  it.each(requests)("answers as the framework's route does: %s", async (_name, make) => {
    const sent = make();
    const direct = await send(sent);
    const { body = "", headers = {} } = make();
    const framework = await route.POST(
      new Request(`http://localhost${HOOK}`, { method: "POST", body: new Uint8Array(Buffer.from(body)), headers }),
      { params: Promise.resolve({}) },
    );
    // The same delivery a second time.
    const text = (await framework.text()).replace('"duplicate":true', '"duplicate":false');
    expect([direct.status, direct.body]).toEqual([framework.status, text]);
    for (const name of ["content-type", "cache-control"])
      expect(direct.headers[name]).toBe(framework.headers.get(name));
    expect(direct.headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  });

  it("goes on with a connection after a body that it did not read", async () => {
    await send({ body: large, headers: {} });
    expect((await send(delivery("{}"))).status).toBe(202);
  });

  /** Asks a server that was started with another environment. */
  async function withEnvironment(name: string, value: string, ask: () => Promise<void>): Promise<void> {
    const before = process.env[name];
    vi.stubEnv(name, value);
    vi.resetModules();
    const other = (await import("@/lib/web/server")).createWebServer(async (_, response) => void response.end("page"));
    const usual = server;
    try {
      server = other;
      await listen(other);
      await ask();
    } finally {
      other.closeAllConnections();
      other.close();
      server = usual;
      vi.stubEnv(name, before);
    }
  }

  it("says when to come back while no secret is set", async () => {
    await withEnvironment("GITHUB_WEBHOOK_SECRET", "", async () => {
      const answer = await send(delivery("{}"));
      expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "5"]);
    });
  });

  it("asks browsers to stay with https where people come by it, on every answer, and nowhere else", async () => {
    const headerOf = async (sent: Sent) => (await send(sent)).headers["strict-transport-security"];
    const asked: Sent[] = [
      { method: "GET", path: "/overview" },
      { method: "GET", path: "/api/v1/me" },
      { method: "TRACE", path: "/" },
      { path: HOOK, body: "{}" },
    ];
    for (const sent of asked) expect(await headerOf(sent)).toBeUndefined();
    await withEnvironment("APP_URL", "https://fleetgauge.acme.test", async () => {
      for (const sent of asked) expect(await headerOf(sent)).toBe("max-age=31536000; includeSubDomains");
    });
  });

  it("says of what it could not read why", async () => {
    const long = await send({ method: "GET", path: `/api/v1/rollbacks?q=${"x".repeat(20_000)}` });
    expect([long.status, long.headers["content-type"]]).toEqual([431, "application/problem+json"]);
    expect(JSON.parse(long.body)).toMatchObject({ status: 431, detail: expect.stringContaining("16 KB") });
    const said = await new Promise<string>((resolve) => {
      const socket = connect(portOf(server), "127.0.0.1", () => socket.end("this is no request\r\n\r\n"));
      const parts: Buffer[] = [];
      socket.on("data", (part) => parts.push(part));
      socket.on("close", () => resolve(Buffer.concat(parts).toString()));
    });
    expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(said.split("\r\n\r\n")[1] ?? "")).toMatchObject({
      status: 400,
      detail: "The request is not HTTP.",
    });
  });

  it("speaks no other protocol", async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(portOf(server), "127.0.0.1");
      socket.write("GET /_next/webpack-hmr HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      let text = "";
      socket.on("data", (part) => {
        text += part.toString();
      });
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(passedOn).toEqual([]);
  });

  it("stores what it has taken in when it is told to stop, and takes nothing after", async () => {
    const answers: Promise<Answer | null>[] = [];
    for (let count = 0; count < 200; count += 1) answers.push(send(delivery("{}", `last-${count}`)).catch(() => null));
    await Promise.race(answers);
    await drain(server);
    const acknowledged = (await Promise.all(answers)).flatMap((answer, count) =>
      answer?.status === 202 ? [`last-${count}`] : [],
    );
    const stored = await query<{ id: string }>(
      sql`select delivery_id as id from inbox where delivery_id like 'last-%'`,
    );
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    await expect(send(delivery("{}"))).rejects.toThrow();
    await start();
  });
});
