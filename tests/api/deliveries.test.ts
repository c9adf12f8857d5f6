import { beforeAll, describe, expect, it } from "vitest";
import * as replay from "@/app/api/v1/deliveries/[id]/replay/route";
import * as delivery from "@/app/api/v1/deliveries/[id]/route";
import * as deliveries from "@/app/api/v1/deliveries/route";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { drainInbox } from "@/lib/ingest/github/drain-inbox";
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
    ]) {
      expect(await list(search)).toMatchObject({ status: 422, body: { pointer } });
    }
  });
});
