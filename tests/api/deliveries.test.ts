import { beforeAll, describe, expect, it } from "vitest";
import * as replay from "@/app/api/v1/deliveries/[id]/replay/route";
import * as delivery from "@/app/api/v1/deliveries/[id]/route";
import * as deliveries from "@/app/api/v1/deliveries/route";
import * as sources from "@/app/api/v1/deliveries/sources/route";
import * as deployments from "@/app/api/v1/deployments/[source]/route";
import * as events from "@/app/api/v1/events/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { pruneDeliveries } from "@/lib/events/inbox/prune-deliveries";
import { drainInbox } from "@/lib/ingest/github/drain-inbox";
import { ensureOrganization } from "@/lib/settings/organizations";
import { call } from "@/tests/api/call";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const send = (deliveryId: string, event: string, body: string) => ({
  source: "github",
  deliveryId,
  event,
  action: null,
  headers: { "x-github-event": event },
  body: Buffer.from(body),
});
const PATH = "/api/v1/deliveries";
const list = async (search = "") => {
  const response = await call(deliveries.GET, `${PATH}${search}`);
  return { status: response.status, body: await response.json() };
};
const one = async (id: string) => {
  const response = await call(delivery.GET, `${PATH}/${id}`, { params: { id } });
  return { status: response.status, body: await response.json() };
};
const again = (id: string) => call(replay.POST, `${PATH}/${id}/replay`, { method: "POST", params: { id } });

beforeAll(async () => {
  await insertDeliveries([
    send("a", "star", '{"action":"created"}'),
    send("b", "push", "{ broken"),
    send("c", "pull_request", JSON.stringify({ text: "x".repeat(300_000) })),
  ]);
  await drainInbox(new Date("2026-07-01T00:00:00Z"));
});

describe("deliveries", () => {
  it("are listed newest first, page by page, with what became of them", async () => {
    const { body } = await list("?limit=2");
    expect(body.items.map(({ deliveryId }: { deliveryId: string }) => deliveryId)).toEqual(["c", "b"]);
    const next = await list(`?limit=2&cursor=${body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ deliveryId: "a", state: "ignored", attempts: 1 }], nextCursor: null });
    const failed = await list("?state=failed&event=push");
    expect(failed.body.items).toMatchObject([{ deliveryId: "b", reason: "the body is not JSON" }]);
  });

  it("are shown as they came, a long one in part", async () => {
    const { body } = await list();
    const [long, broken] = body.items;
    expect((await one(broken.id)).body).toMatchObject({
      body: "{ broken",
      cut: false,
      headers: { "x-github-event": "push" },
    });
    const shown = (await one(long.id)).body;
    expect([shown.cut, shown.body.length]).toEqual([true, 200_000]);
  });

  it("are read again when asked to, and are what they were", async () => {
    const id = (await list("?state=failed&event=push")).body.items[0].id;
    expect((await again(id)).status).toBe(200);
    expect((await one(id)).body).toMatchObject({ state: "received", reason: null });
    expect(await drainInbox(new Date("2026-07-01T01:00:00Z"))).toBe(1);
    expect((await one(id)).body).toMatchObject({ state: "failed", attempts: 2 });
  });

  it("that do not exist are not found, and a wrong question names its field", async () => {
    expect((await one("99999")).status).toBe(404);
    expect((await one("x")).status).toBe(404);
    expect((await again("99999")).status).toBe(404);
    for (const [search, pointer] of [
      ["?state=lost", "/state"],
      ["?cursor=x", "/cursor"],
      ["?event=a;b", "/event"],
      ["?limit=0", "/limit"],
      ["?source=a;b", "/source"],
      ["?q=%20", "/q"],
    ]) {
      expect(await list(search)).toMatchObject({ status: 422, body: { pointer } });
    }
  });
});

describe("what programs tell", () => {
  const deployment = (id: string, more: object = {}) => ({
    kind: "deployment",
    id,
    at: "2026-10-30T16:00:00Z",
    repository: "acme/ledger",
    service: "ledger",
    environment: "production",
    sha: "b".repeat(40),
    ...more,
  });
  const told = (body: unknown, headers: Record<string, string> = {}) =>
    call(events.POST, "/api/v1/events", { method: "POST", body, headers });

  it("is kept with what became of it, is found by its text, and is read again when its repository is there", async () => {
    await ensureOrganization({ slug: "acme" });
    await told([deployment("early-1"), deployment("early-2")]);
    const refused = await list("?source=events&state=failed&q=early-2");
    expect(refused.body.items).toMatchObject([
      {
        source: "events",
        event: "deployment",
        attempts: 1,
        reason: expect.stringMatching(/^2 of 2 refused; \/0\/repository: There is no/),
      },
    ]);
    expect((await list("?q=early-9")).body.items).toEqual([]);
    const id = refused.body.items[0].id;
    expect((await one(id)).body).toMatchObject({
      headers: { address: "/api/v1/events", "content-type": "application/json" },
      body: JSON.stringify([deployment("early-1"), deployment("early-2")]),
      cut: false,
    });
    await told({
      kind: "pull_request",
      id: "1",
      at: "2026-10-29T00:00:00Z",
      repository: "acme/ledger",
      number: 1,
      state: "opened",
      title: "Begin",
      author: "ada",
    });
    expect((await again(id)).status).toBe(200);
    expect((await one(id)).body).toMatchObject({ state: "processed", reason: null, attempts: 2 });
    const [row] = await query<{ count: number }>(
      sql`select count(*)::integer as count from event where kind = 'deployment.finished' and id like '%early-%'`,
    );
    expect(row?.count).toBe(2);
    // Sent anew it is the same delivery.
    await told([deployment("early-1"), deployment("early-2")]);
    expect((await list("?source=events&q=early-2")).body.items).toMatchObject([
      { id, state: "processed", reason: "known already", attempts: 3 },
    ]);
  });

  it("is kept by its sender, without the key in its address, and as refused where it cannot be read", async () => {
    const address = "/api/v1/deployments/flux?repository=acme/ledger&environment=production&key=none";
    const params = { source: "flux" };
    const message = {
      involvedObject: { kind: "GitRepository", name: "a" },
      reason: "NewArtifact",
      timestamp: "2026-10-30T16:00:00Z",
    };
    await call(deployments.POST, address, { params, body: message });
    await call(deployments.POST, address, { params, body: "{ broken" });
    const { items } = (await list("?source=deployments/flux")).body;
    expect(items).toMatchObject([
      { event: "message", state: "failed", reason: "The body is not JSON." },
      { event: "message", state: "ignored", reason: "nothing that figures need" },
    ]);
    expect((await one(items[0].id)).body.headers.address).toBe(
      "/api/v1/deployments/flux?repository=acme%2Fledger&environment=production",
    );
    const traffic = await (await call(sources.GET, "/api/v1/deliveries/sources")).json();
    expect(traffic.items).toEqual([
      { source: "deployments/flux", lastAt: expect.any(String), messages7d: 2, failed: 1 },
      { source: "events", lastAt: expect.any(String), messages7d: 2, failed: 0 },
      { source: "github", lastAt: expect.any(String), messages7d: 3, failed: 2 },
    ]);
  });

  it("is not kept word for word where all of a long one was taken", async () => {
    const many = Array.from({ length: 400 }, (_, index) => deployment(`long-${index}`));
    expect(JSON.stringify(many).length).toBeGreaterThan(64 * 1024);
    expect(await (await told(many)).json()).toMatchObject({ accepted: 400 });
    const [newest] = (await list("?source=events")).body.items;
    expect(newest).toMatchObject({ state: "processed", bytes: 0 });
    expect((await again(newest.id)).status).toBe(409);
  });

  it("goes when it is old, refused or not; what GitHub sent and could not be read stays", async () => {
    await query(sql`update inbox set received_at = now() - interval '100 days'`);
    await pruneDeliveries(90, 1000);
    const { items } = (await list()).body;
    expect(items.map(({ source, state }: { source: string; state: string }) => [source, state])).toEqual([
      ["github", "failed"],
      ["github", "failed"],
    ]);
  });
});
