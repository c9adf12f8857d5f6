import { beforeEach, describe, expect, it } from "vitest";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { applyRetention } from "@/lib/jobs/tasks/apply-retention";
import { readRetention, saveRetention } from "@/lib/settings/retention";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const ids = async () =>
  (await query<{ delivery_id: string }>(sql`select delivery_id from inbox order by id`)).map((row) => row.delivery_id);

beforeEach(async () => {
  await execute(sql`truncate inbox, operation cascade`);
  const states = ["processed", "ignored", "failed", "received"];
  for (const days of [100, 40, 1]) {
    for (const state of states) {
      const deliveryId = `${state} ${days}`;
      const body = Buffer.from("{}");
      await insertDeliveries([{ source: "github", deliveryId, event: "push", action: null, headers: {}, body }]);
      await execute(
        sql`update inbox set state = ${state}, received_at = now() - make_interval(days => ${days})
          where delivery_id = ${deliveryId}`,
      );
    }
    for (const state of ["done", "failed", "running"]) {
      await execute(
        sql`insert into operation (id, kind, state, step, input, updated_at)
          values (gen_random_uuid(), 'import-git', ${state}, '', '{}', now() - make_interval(days => ${days * 5}))`,
      );
    }
  }
});

/** What a run of the worker deletes of each table. */
async function prune(signal?: AbortSignal): Promise<{ deliveries: number; operations: number }> {
  const count = async () =>
    (
      await query<{ deliveries: number; operations: number }>(
        sql`select (select count(*) from inbox) as deliveries, (select count(*) from operation) as operations`,
      )
    )[0] ?? { deliveries: 0, operations: 0 };
  const before = await count();
  await applyRetention({}, { signal });
  const after = await count();
  return { deliveries: before.deliveries - after.deliveries, operations: before.operations - after.operations };
}

describe("what came", () => {
  it("goes when it was used and is older than its kind is kept", async () => {
    expect(await readRetention()).toEqual({ deliveries: 90, operations: 365 });
    expect(await prune()).toEqual({ deliveries: 2, operations: 2 });
    expect(await ids()).not.toContain("processed 100");
    expect(await ids()).toEqual(expect.arrayContaining(["failed 100", "received 100", "processed 40", "ignored 1"]));
    const left = await query<{ state: string }>(
      sql`select state from operation where updated_at < now() - interval '1 year'`,
    );
    expect(left).toEqual([{ state: "running" }]);
    expect(await prune()).toEqual({ deliveries: 0, operations: 0 });
  });

  it("stays for ever where that is chosen, and for another time where that is", async () => {
    await saveRetention({ deliveries: null, operations: null });
    expect(await prune()).toEqual({ deliveries: 0, operations: 0 });
    await saveRetention({ deliveries: 35, operations: null });
    await prune();
    expect((await ids()).filter((id) => /^(processed|ignored)/.test(id))).toEqual(["processed 1", "ignored 1"]);
  });

  it("goes in portions, however much has gathered, and stops when it is told to", async () => {
    await execute(
      sql`insert into inbox (source, delivery_id, event, headers, body, state, received_at)
        select 'github', 'many ' || n, 'push', '{}', '', 'processed', now() - interval '1 year'
        from generate_series(1, 10001) n`,
    );
    await saveRetention({ deliveries: 90, operations: null });
    await expect(prune(AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
    expect(await prune()).toEqual({ deliveries: 10_003, operations: 0 });
  });
});
