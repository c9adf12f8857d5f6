import { createHmac } from "node:crypto";
import webhooks from "@octokit/webhooks-examples";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { drainInbox } from "@/lib/ingest/github/drain-inbox";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const SECRET = "the old secret";
const NEW_SECRET = "the new secret";
const URL = "http://hooks.example.com/api/webhooks/github";

type Route = typeof import("@/app/api/webhooks/github/route");
let route: Route;

/** The environment is read once per process, so each set of secrets gets modules of its own. */
async function loadRoute(secrets: string): Promise<Route> {
  vi.stubEnv("GITHUB_WEBHOOK_SECRET", secrets);
  vi.resetModules();
  return import("@/app/api/webhooks/github/route");
}

const sign = (body: string | Uint8Array, secret = SECRET): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

let deliveries = 0;
interface Options {
  signature?: string | null;
  headers?: Record<string, string>;
}

function send(body: string | Uint8Array<ArrayBuffer>, { signature = sign(body), headers = {} }: Options = {}) {
  deliveries += 1;
  const request = new Request(URL, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": `delivery-${deliveries}`,
      ...(signature === null ? {} : { "x-hub-signature-256": signature }),
      ...headers,
    },
  });
  return route.POST(request, { params: Promise.resolve({}) });
}

const stored = (deliveryId = `delivery-${deliveries}`) =>
  query<{ event: string; action: string | null; body: Buffer }>(
    sql`select event, action, body from inbox where delivery_id = ${deliveryId}`,
  );

beforeAll(async () => {
  route = await loadRoute(`${NEW_SECRET}, ${SECRET}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("POST /api/webhooks/github", () => {
  it.each([
    ["compact", '{"action":"opened","number":1}'],
    ["odd white space", '\r\n{ "action" :\t"opened" ,\n\n "n" : 1e2 }  \n'],
    ["any language", '{"action":"opened","title":"Zażółć gęślą jaźń 🎉 \\ud83d \u2028"}'],
    ["nothing in it", "{}"],
  ])("stores a signed body byte by byte: %s", async (_, body) => {
    const response = await send(body);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ duplicate: false });
    const rows = await stored();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.body.equals(Buffer.from(body))).toBe(true);
    expect(rows[0]?.action).toBe(body.includes("opened") ? "opened" : null);
  });

  it.each([
    ["no JSON at all", "payload=%7B%7D"],
    ["JSON that breaks off", '{"action":"opened'],
    ["nothing", ""],
    ["bytes that are no text", new Uint8Array([0xff, 0x00, 0xc3, 0x28, 0xed, 0xa0, 0x80])],
  ])("refuses a signed body that is no delivery, and stores nothing: %s", async (_, body) => {
    const response = await send(body);
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining("not a delivery of GitHub") });
    expect(await stored()).toEqual([]);
  });

  it("takes every payload of GitHub's own examples byte by byte", async () => {
    await query(sql`delete from inbox`);
    const examples = webhooks.flatMap(({ examples, name }) => examples.map((example) => ({ name, example })));
    expect(examples.length).toBeGreaterThan(300);
    for (const { example, name } of examples) {
      const body = JSON.stringify(example);
      expect((await send(body, { headers: { "x-github-event": name } })).status).toBe(202);
      const [row] = await stored();
      expect(row).toMatchObject({ event: name, action: "action" in example ? example.action : null });
      expect(row?.body.equals(Buffer.from(body))).toBe(true);
    }
    await drainInbox(new Date());
    const left = await query(sql`select event, state, last_error from inbox where state in ('received', 'failed')`);
    expect(left).toEqual([]);
  });

  it("takes the ping, and events that it does not know", async () => {
    for (const event of ["ping", "something_new"]) {
      expect(
        (await send('{"zen":"Anything added dilutes everything else."}', { headers: { "x-github-event": event } }))
          .status,
      ).toBe(202);
      expect(await stored()).toMatchObject([{ event }]);
    }
  });

  it("says that it knows a delivery already", async () => {
    const headers = { "x-github-delivery": "twice" };
    expect(await (await send('{"a":1}', { headers })).json()).toEqual({ duplicate: false });
    const again = await send('{"a":2}', { headers });
    expect([again.status, await again.json()]).toEqual([202, { duplicate: true }]);
    expect((await stored("twice"))[0]?.body.toString()).toBe('{"a":1}');
  });

  it("accepts each of several secrets", async () => {
    expect((await send("{}", { signature: sign("{}", NEW_SECRET) })).status).toBe(202);
    expect((await send("{}", { signature: sign("{}", SECRET) })).status).toBe(202);
  });

  it.each([
    ["no signature", null, {}],
    ["a signature of other bytes", sign("{ }"), {}],
    ["a signature with another secret", sign("{}", "guess"), {}],
    ["a signature that is none", "sha256=abc", {}],
    ["SHA-1 alone", null, { "x-hub-signature": `sha1=${createHmac("sha1", SECRET).update("{}").digest("hex")}` }],
  ])("refuses %s and stores nothing", async (_, signature, headers) => {
    const response = await send("{}", { signature, headers });
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status: 401 });
    expect(await stored()).toEqual([]);
  });

  it.each([
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, "application/json"],
    ["no type", { "content-type": "" }, "application/json"],
    ["text", { "content-type": "text/plain" }, "application/json"],
    ["a body in Brotli", { "content-encoding": "br" }, "Content-Encoding: br"],
    ["a body in gzip", { "content-encoding": "gzip" }, "Content-Encoding: gzip"],
  ])("refuses %s with its reason and stores nothing", async (_, headers, reason) => {
    const response = await send("{}", { headers });
    expect([response.status, response.headers.get("content-type")]).toEqual([415, "application/problem+json"]);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining(reason) });
    expect(await stored()).toEqual([]);
  });

  it("takes the type with its character set, as GitHub sends it", async () => {
    expect((await send("{}", { headers: { "content-type": "application/json; charset=utf-8" } })).status).toBe(202);
  });

  it("refuses a signed request that is no delivery", async () => {
    const response = await send("{}", { headers: { "x-github-delivery": "" } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining("X-GitHub-Delivery") });
  });

  it("takes 25 MB and not a byte more, whether or not the length is said before", async () => {
    const most = new Uint8Array(25 * 1024 * 1024).fill(32);
    most.set(Buffer.from("{}"));
    expect((await send(most)).status).toBe(202);
    expect((await stored())[0]?.body).toHaveLength(most.length);

    const larger = new Uint8Array(most.length + 1).fill(32);
    expect((await send(larger, { headers: { "content-length": String(larger.length) } })).status).toBe(413);
    expect((await send(larger)).status).toBe(413);
    expect(await stored()).toEqual([]);
  });

  it("answers other methods with what is possible", async () => {
    const response = await route.GET(new Request(URL), { params: Promise.resolve({}) });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("says what to do when no secret is set", async () => {
    const { POST } = await loadRoute("");
    const response = await POST(new Request(URL, { method: "POST", body: "{}" }), { params: Promise.resolve({}) });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining("GITHUB_WEBHOOK_SECRET") });
  });
});
