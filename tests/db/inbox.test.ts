import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Delivery } from "@/lib/events/inbox/delivery";
import { createInboxWriter } from "@/lib/events/inbox/inbox-writer";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();
const ROOT = path.resolve(import.meta.dirname, "..", "..");

const delivery = (deliveryId: string, more: Partial<Delivery> = {}): Delivery => ({
  source: "github",
  deliveryId,
  event: "push",
  action: null,
  headers: { "user-agent": 'GitHub-Hookshot/1 "\\é' },
  body: Buffer.from(`body of ${deliveryId}`),
  ...more,
});

const newWriter = () => createInboxWriter((deliveries) => insertDeliveries(deliveries));

afterEach(async () => {
  await execute(sql`truncate inbox`);
});

describe("the inbox", () => {
  it("keeps every byte of every body of a batch, an empty one too", async () => {
    const bodies = [Buffer.alloc(0), randomBytes(1), Buffer.from([0, 255, 92, 39, 10]), randomBytes(100_000)];
    const writer = newWriter();
    await Promise.all(bodies.map((body, index) => writer.store(delivery(`${index}`, { body, action: "opened" }))));
    const rows = await query<{ body: Buffer; sha256: Buffer; headers: unknown; state: string; action: string }>(
      sql`select body, sha256, headers, state, action from inbox order by delivery_id`,
    );
    expect(rows.map(({ body }) => body)).toEqual(bodies);
    for (const { body, sha256 } of rows) expect(sha256).toEqual(createHash("sha256").update(body).digest());
    expect(rows[0]).toMatchObject({
      headers: { "user-agent": 'GitHub-Hookshot/1 "\\é' },
      state: "received",
      action: "opened",
    });
  });

  it("says of a delivery that is known already that it is a duplicate, in one batch too, and keeps the first", async () => {
    const writer = newWriter();
    const again = delivery("a", { body: Buffer.from("other") });
    expect(await Promise.all([writer.store(delivery("a")), writer.store(again), writer.store(delivery("b"))])).toEqual([
      { duplicate: false },
      { duplicate: true },
      { duplicate: false },
    ]);
    expect(await Promise.all([writer.store(again), writer.store(delivery("a", { source: "other" }))])).toEqual([
      { duplicate: true },
      { duplicate: false },
    ]);
    expect(
      await query(sql`select convert_from(body, 'UTF8') as body from inbox where delivery_id = 'a' order by source`),
    ).toEqual([{ body: "body of a" }, { body: "body of a" }]);
  });

  it("counts each delivery once, however many writers are sent it at the same time", async () => {
    const writers = [newWriter(), newWriter(), newWriter()];
    const ids = Array.from({ length: 120 }, (_, index) => `${(index * 77) % 120}`);
    const receipts = await Promise.all(
      writers.flatMap((writer, turn) =>
        (turn === 1 ? [...ids].reverse() : ids).map((id) => writer.store(delivery(id))),
      ),
    );
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(120);
    expect(await query(sql`select count(*) as n from inbox`)).toEqual([{ n: 120 }]);
  });

  it("keeps the others of a batch when the database refuses one", async () => {
    await execute(sql`alter table inbox add constraint no_poison check (event <> 'poison') not valid`);
    try {
      const writer = newWriter();
      const results = await Promise.allSettled([
        writer.store(delivery("a")),
        writer.store(delivery("b", { event: "poison" })),
        writer.store(delivery("c")),
      ]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect(await query(sql`select delivery_id from inbox order by 1`)).toEqual([
        { delivery_id: "a" },
        { delivery_id: "c" },
      ]);
    } finally {
      await execute(sql`alter table inbox drop constraint no_poison`);
    }
  });

  it("loses nothing that it has acknowledged when its process is killed", async () => {
    for (const milliseconds of [60, 150]) {
      const script = path.join(ROOT, "tests", "setup", "inbox-process.ts");
      const child = spawn(process.execPath, ["--import", "tsx", script, database.url], { cwd: ROOT });
      let output = "";
      let complaints = "";
      child.stderr.on("data", (chunk: Buffer) => {
        complaints += chunk.toString("utf8");
      });
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.stdout.on("data", (chunk: Buffer) => {
        if (output === "") setTimeout(() => child.kill("SIGKILL"), milliseconds);
        output += chunk.toString("utf8");
      });
      await closed;
      // A last line without its end was cut by the kill.
      const acknowledged = output.split("\n").slice(0, -1);
      expect(acknowledged.length, complaints).toBeGreaterThan(40);
      const stored = await query<{ delivery_id: string }>(
        sql`select delivery_id from inbox where source = 'test' and delivery_id = any(${acknowledged}::text[])`,
      );
      expect(stored).toHaveLength(acknowledged.length);
      await execute(sql`truncate inbox`);
    }
  });

  it("loses nothing that it has acknowledged when connections are cut", async () => {
    const writer = createInboxWriter((deliveries) => insertDeliveries(deliveries), { maxBatch: 8 });
    const acknowledged: string[] = [];
    let failed = 0;
    const storing = Array.from({ length: 20 }, async (_, worker) => {
      for (let count = 0; count < 30; count += 1) {
        const id = `${worker}-${count}`;
        await writer.store(delivery(id)).then(
          () => acknowledged.push(id),
          () => {
            failed += 1;
          },
        );
      }
    });
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query like 'insert into inbox%' and pid <> pg_backend_pid() and datname = current_database()`;
    for (let times = 0; times < 5; times += 1) await query(cut);
    await Promise.all(storing);
    const stored = await query<{ delivery_id: string }>(
      sql`select delivery_id from inbox where delivery_id = any(${acknowledged}::text[])`,
    );
    expect(stored).toHaveLength(acknowledged.length);
    expect(acknowledged.length + failed).toBe(600);
    expect(await writer.store(delivery("after"))).toEqual({ duplicate: false });
  });
});
