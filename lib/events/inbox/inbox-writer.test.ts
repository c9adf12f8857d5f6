import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Delivery, Receipt } from "./delivery";
import { createInboxWriter } from "./inbox-writer";

const delivery = (deliveryId: string, bytes = 10): Delivery => ({
  source: "github",
  deliveryId,
  event: "push",
  action: null,
  headers: {},
  body: Buffer.alloc(bytes),
});

const coded = (code: string): Error => Object.assign(new Error(`error ${code}`), { code });

/** An insert that is answered by hand, batch by batch. */
function controlledInsert() {
  const batches: { ids: string[]; commit: () => void; fail: (error: Error) => void }[] = [];
  const insert = (deliveries: readonly Delivery[]): Promise<Receipt[]> =>
    new Promise((resolve, reject) => {
      batches.push({
        ids: deliveries.map(({ deliveryId }) => deliveryId),
        commit: () => resolve(deliveries.map(() => ({ duplicate: false }))),
        fail: reject,
      });
    });
  const batch = (index: number) => {
    const found = batches[index];
    if (found === undefined) throw new Error(`there is no batch ${index}`);
    return found;
  };
  return { insert, batches, batch };
}

describe("the inbox writer", () => {
  it("writes what arrives together as one batch, and what arrives meanwhile as the next", async () => {
    const { insert, batches, batch } = controlledInsert();
    const writer = createInboxWriter(insert, { maxInFlight: 1 });
    const first = [writer.store(delivery("a")), writer.store(delivery("b"))];
    await turn();
    const later = [writer.store(delivery("c")), writer.store(delivery("d"))];
    await turn();
    expect(batches.map(({ ids }) => ids)).toEqual([["a", "b"]]);
    batch(0).commit();
    expect(await Promise.all(first)).toEqual([{ duplicate: false }, { duplicate: false }]);
    await turn();
    expect(batches.map(({ ids }) => ids)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    batch(1).commit();
    await Promise.all(later);
  });

  it("answers nobody before the commit and keeps at most two batches under way", async () => {
    const { insert, batches, batch } = controlledInsert();
    const writer = createInboxWriter(insert, { maxBatch: 1 });
    const answered: string[] = [];
    const stored = ["a", "b", "c"].map((id) => writer.store(delivery(id)).then(() => answered.push(id)));
    await turn();
    expect(batches.map(({ ids }) => ids)).toEqual([["a"], ["b"]]);
    expect(answered).toEqual([]);
    batch(1).commit();
    await turn();
    expect(answered).toEqual(["b"]);
    expect(batches.map(({ ids }) => ids)).toEqual([["a"], ["b"], ["c"]]);
    batch(0).commit();
    batch(2).commit();
    await Promise.all(stored);
    expect(answered).toEqual(["b", "a", "c"]);
  });

  it("splits batches by number and by bytes, and lets a large one go alone", async () => {
    const { insert, batches, batch } = controlledInsert();
    const writer = createInboxWriter(insert, { maxBatch: 3, maxBatchBytes: 100, maxInFlight: 9 });
    const sizes = [50, 40, 30, 500, 1, 1, 1, 1];
    const stored = sizes.map((bytes, index) => writer.store(delivery(`${index}`, bytes)));
    await turn();
    expect(batches.map(({ ids }) => ids.join(""))).toEqual(["01", "2", "3", "456", "7"]);
    for (const index of batches.keys()) batch(index).commit();
    await Promise.all(stored);
  });

  it("stores the others when the server refuses one of a batch", async () => {
    const tried: string[][] = [];
    const writer = createInboxWriter(async (deliveries) => {
      tried.push(deliveries.map(({ deliveryId }) => deliveryId));
      if (deliveries.some(({ deliveryId }) => deliveryId === "bad")) throw coded("22P02");
      return deliveries.map(() => ({ duplicate: false }));
    });
    const results = await Promise.allSettled(["a", "bad", "c"].map((id) => writer.store(delivery(id))));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(tried).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
  });

  it.each([coded("57P01"), coded("53300"), coded("ECONNREFUSED"), new Error("Connection terminated unexpectedly")])(
    "tells exactly the batch that the database is away: %s",
    async (error) => {
      const { insert, batches, batch } = controlledInsert();
      const writer = createInboxWriter(insert, { maxBatch: 2, maxInFlight: 1 });
      const results = Promise.allSettled(["a", "b", "c"].map((id) => writer.store(delivery(id))));
      await turn();
      batch(0).fail(error);
      await turn();
      batch(1).commit();
      expect((await results).map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
      expect(batches).toHaveLength(2);
    },
  );

  it("turns away what would not fit its memory, and takes more once there is room", async () => {
    const { insert, batch } = controlledInsert();
    const writer = createInboxWriter(insert, { maxPendingBytes: 10_000 });
    const first = writer.store(delivery("large", 50_000));
    await turn();
    await expect(writer.store(delivery("b"))).rejects.toMatchObject({ code: "unavailable" });
    batch(0).commit();
    await first;
    await turn();
    const next = writer.store(delivery("c"));
    await turn();
    batch(1).commit();
    expect(await next).toEqual({ duplicate: false });
  });
});
