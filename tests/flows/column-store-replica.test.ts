import { describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { createPool, getPool, setPool } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { closeReadPool } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { pruneFactChanges } from "@/lib/facts/prune-changes";
import { openFacts } from "@/lib/metrics/columns/store";
import type { FactTable } from "@/lib/metrics/columns/table";
import { rowsInDatabase, rowsOf } from "@/tests/factories/columns";
import { insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { useReplicatedDatabase } from "@/tests/setup/replicated-database";

const database = useReplicatedDatabase();

let organizations = 0;
async function newFleet(): Promise<{ org: number; insert(number: number): ReturnType<typeof sql> }> {
  organizations += 1;
  const org = await insertOrg(`acme-${organizations}`);
  const repo = await insertRepo(org, "app", { completeTo: "2026-04-01T00:00:00Z" });
  await insertFacts(org, repo, [{ number: 1, mergedAt: "2026-03-01T00:00:00Z" }]);
  await database.caughtUp();
  return {
    org,
    insert: (number) => sql`insert into fact_pull_request
      values (${org}, ${repo}, ${number}, '2026-01-01', null, null, 0, 10, 0, 10, 3, 9, 1, 0, 3)`,
  };
}

async function openTable(org: number): Promise<FactTable> {
  const table = (await openFacts(SYSTEM_SCOPE)).table(org);
  if (table === null) throw new Error("the organisation has no pull requests");
  return table;
}

const numbersOf = (table: FactTable) => rowsOf(table).map(({ number }) => number);

describe("facts that are read from a replica", () => {
  it("follow transactions that end in another order than they began", async () => {
    const fleet = await newFleet();
    const older = await getPool().connect();
    await older.query("begin");
    await execute(fleet.insert(2), older);
    await execute(fleet.insert(3));
    await database.caughtUp();
    const table = await openTable(fleet.org);
    expect(numbersOf(table)).toEqual([3, 1]);
    await execute(fleet.insert(4));
    await database.caughtUp();
    expect(numbersOf(await openTable(fleet.org))).toEqual([3, 4, 1]);
    await older.query("commit");
    older.release();
    await database.caughtUp();
    expect(numbersOf(await openTable(fleet.org))).toEqual([2, 3, 4, 1]);
    expect(await openTable(fleet.org)).toBe(table);
  });

  it("stay as they are while it is behind, and follow when it goes on", async () => {
    const fleet = await newFleet();
    const table = await openTable(fleet.org);
    await database.replica.query("select pg_wal_replay_pause()");
    await execute(fleet.insert(2));
    expect(numbersOf(await openTable(fleet.org))).toEqual([1]);
    await database.replica.query("select pg_wal_replay_resume()");
    await database.caughtUp();
    expect(await openTable(fleet.org)).toBe(table);
    expect(rowsOf(table)).toEqual(await rowsInDatabase(fleet.org));
  });

  it("are loaded once, not for ever, after notes were deleted", async () => {
    const fleet = await newFleet();
    const before = await openTable(fleet.org);
    await execute(fleet.insert(2));
    await pruneFactChanges(0);
    await database.caughtUp();
    const after = await openTable(fleet.org);
    expect(after).not.toBe(before);
    expect(numbersOf(after)).toEqual([2, 1]);
    expect(await openTable(fleet.org)).toBe(after);
  });

  it("are loaded again when it takes over: what it had not received yet never happened", async () => {
    const fleet = await newFleet();
    await closeReadPool();
    const primary = getPool();
    setPool(createPool(database.replicaUrl, "fleetgauge-test"));
    const before = await openTable(fleet.org);
    await database.replica.query("select pg_promote()");
    await database.replica.query("checkpoint");
    const after = await openTable(fleet.org);
    expect(after).not.toBe(before);
    expect(rowsOf(after)).toEqual(rowsOf(before));
    expect(await openTable(fleet.org)).toBe(after);
    await primary.end();
  });
});
