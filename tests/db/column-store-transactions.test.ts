import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { createPool, getPool, type PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { pruneFactChanges } from "@/lib/facts/prune-changes";
import { openFacts } from "@/lib/metrics/columns/store";
import { rowsInDatabase, rowsOf } from "@/tests/factories/columns";
import { insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();

const everyone = SYSTEM_SCOPE;

let organizations = 0;
async function newRepo(): Promise<{ org: number; repo: number }> {
  organizations += 1;
  const org = await insertOrg(`acme-${organizations}`);
  return { org, repo: await insertRepo(org, "app", { completeTo: "2026-04-01T00:00:00Z" }) };
}

type Repo = Awaited<ReturnType<typeof newRepo>>;

const insertOne = ({ org, repo }: Repo, number: number, day = 1) => sql`insert into fact_pull_request
  values (${org}, ${repo}, ${number}, timestamptz '2026-01-01' + make_interval(days => ${day}), null, null, 0, 10, 0, 10, 3, 9, 1, 0, 3)`;

async function openRows(org: number) {
  return rowsOf((await openFacts(everyone)).table(org));
}

async function openNumbers(org: number): Promise<number[]> {
  return (await openRows(org)).map(({ number }) => number).sort((a, b) => a - b);
}

/** Runs `work` with connections that are in the middle of a transaction each. */
async function withTransactions(count: number, work: (clients: PoolClient[]) => Promise<void>): Promise<void> {
  const clients = await Promise.all(Array.from({ length: count }, () => getPool().connect()));
  try {
    for (const client of clients) await client.query("begin");
    await work(clients);
  } finally {
    // A connection that is closed rolls back, also one whose test failed in the middle.
    for (const client of clients) client.release(true);
  }
}

describe("a transaction", () => {
  it("is seen as soon as it is committed and never before, whichever began first", async () => {
    const fleet = await newRepo();
    await execute(insertOne(fleet, 1));
    await withTransactions(3, async ([older, younger, third]) => {
      if (older === undefined || younger === undefined || third === undefined) throw new Error("no connection");
      await execute(insertOne(fleet, 2), older);
      await execute(insertOne(fleet, 3), younger);
      await execute(insertOne(fleet, 4), third);
      expect(await openNumbers(fleet.org)).toEqual([1]);
      await younger.query("commit");
      expect(await openNumbers(fleet.org)).toEqual([1, 3]);
      expect(await openNumbers(fleet.org)).toEqual([1, 3]);
      await third.query("rollback");
      expect(await openNumbers(fleet.org)).toEqual([1, 3]);
      await execute(insertOne(fleet, 5), older);
      await older.query("commit");
      expect(await openNumbers(fleet.org)).toEqual([1, 2, 3, 5]);
    });
  });

  it("that ends after a first load is seen too", async () => {
    const fleet = await newRepo();
    await withTransactions(1, async ([client]) => {
      await execute(insertOne(fleet, 1), client);
      await execute(sql`insert into fact_change (org_id) values (0)`);
      expect(await openNumbers(fleet.org)).toEqual([]);
      await client?.query("commit");
      expect(await openNumbers(fleet.org)).toEqual([1]);
    });
  });

  it("gives back what a savepoint takes back", async () => {
    const fleet = await newRepo();
    await openFacts(everyone);
    await withTransactions(1, async ([client]) => {
      await client?.query("savepoint one");
      await execute(insertOne(fleet, 1), client);
      await client?.query("rollback to savepoint one");
      await execute(insertOne(fleet, 2), client);
      await client?.query("commit");
      expect(await openNumbers(fleet.org)).toEqual([2]);
    });
  });

  it("names a whole repository once", async () => {
    const fleet = await newRepo();
    await withTransactions(1, async ([client]) => {
      await execute(
        sql`insert into fact_pull_request select ${fleet.org}, ${fleet.repo}, n, '2026-01-01', null, null, 0, 1, 0, 1,
          3, 9, 1, 0, 3 from generate_series(1, 5001) n`,
        client,
      );
      await execute(insertOne(fleet, 6000), client);
      await execute(sql`update fact_pull_request set confidence = 1 where org_id = ${fleet.org}`, client);
      await client?.query("commit");
    });
    const notes = await query(sql`select repo_id, numbers from fact_change where org_id = ${fleet.org}`);
    expect(notes).toEqual([{ repo_id: fleet.repo, numbers: null }]);
    expect(await openRows(fleet.org)).toEqual(await rowsInDatabase(fleet.org));
  });
});

describe("the store", () => {
  it("gives every reader at least what was committed when it asked, in whole transactions", async () => {
    const fleet = await newRepo();
    let writing = true;
    let committed = 0;
    const write = async () => {
      for (let number = 1; number < 300; number += 2) {
        await execute(sql`insert into fact_pull_request select ${fleet.org}, ${fleet.repo}, n, '2026-01-01', null, null,
          0, 1, 0, 1, 3, 9, 1, 0, 3 from generate_series(${number}::integer, ${number + 1}::integer) n`);
        committed = number + 1;
      }
      writing = false;
    };
    const read = async () => {
      let opened = 0;
      while (writing) {
        const least = committed;
        const length = (await openFacts(everyone)).table(fleet.org)?.length ?? 0;
        expect(length).toBeGreaterThanOrEqual(least);
        expect(length % 2).toBe(0);
        opened += 1;
      }
      return opened;
    };
    const [, ...opened] = await Promise.all([write(), read(), read(), read(), read()]);
    expect(Math.min(...opened)).toBeGreaterThan(0);
    expect(await openRows(fleet.org)).toEqual(await rowsInDatabase(fleet.org));
  });

  it("keeps what it has when a refresh fails, and tries again", async () => {
    const fleet = await newRepo();
    await insertFacts(fleet.org, fleet.repo, [{ number: 1, mergedAt: "2026-03-01T00:00:00Z" }]);
    const before = (await openFacts(everyone)).table(fleet.org);
    const rows = rowsOf(before);
    await execute(insertOne(fleet, 2));
    await execute(sql`update fact_pull_request set category = 99 where org_id = ${fleet.org} and number = 2`);
    await expect(openFacts(everyone)).rejects.toThrow("99");
    await expect(openFacts(everyone)).rejects.toThrow("99");
    expect(rowsOf(before)).toEqual(rows);
    await execute(sql`update fact_pull_request set category = 9 where org_id = ${fleet.org} and number = 2`);
    expect(await openNumbers(fleet.org)).toEqual([1, 2]);
    expect((await openFacts(everyone)).table(fleet.org)).toBe(before);
  });

  it("goes on when its connections are lost", async () => {
    const fleet = await newRepo();
    await execute(insertOne(fleet, 1));
    const before = (await openFacts(everyone)).table(fleet.org);
    const other = createPool(database.url, "fleetgauge-test-other");
    await execute(insertOne(fleet, 2), other);
    await Promise.all([
      other.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fleetgauge-test'"),
      ...Array.from({ length: 20 }, async (_, index) => {
        await setTimeout(index);
        return openFacts(everyone);
      }),
    ]);
    await other.end();
    expect(await openNumbers(fleet.org)).toEqual([1, 2]);
    expect((await openFacts(everyone)).table(fleet.org)).toBe(before);
  });

  it("loads everything again when notes that it has not read were deleted", async () => {
    const fleet = await newRepo();
    await execute(insertOne(fleet, 1));
    const before = (await openFacts(everyone)).table(fleet.org);
    await execute(insertOne(fleet, 2));
    expect(await pruneFactChanges(3600)).toBe(0);
    expect(await pruneFactChanges(0)).toBeGreaterThan(0);
    const after = (await openFacts(everyone)).table(fleet.org);
    expect(after).not.toBe(before);
    expect(rowsOf(after)).toEqual(await rowsInDatabase(fleet.org));
    await execute(insertOne(fleet, 3));
    expect((await openFacts(everyone)).table(fleet.org)).toBe(after);
    expect(await pruneFactChanges(0)).toBeGreaterThan(0);
    expect((await openFacts(everyone)).table(fleet.org)).toBe(after);
  });

  it("does not lose notes to a clean-up while an older transaction runs", async () => {
    const fleet = await newRepo();
    await withTransactions(1, async ([client]) => {
      await execute(insertOne(fleet, 1), client);
      const before = await openFacts(everyone);
      await execute(insertOne(fleet, 2));
      await pruneFactChanges(0);
      expect(await openNumbers(fleet.org)).toEqual([2]);
      expect((await openFacts(everyone)).directory).toBe(before.directory);
      await client?.query("commit");
      expect(await openNumbers(fleet.org)).toEqual([1, 2]);
    });
  });

  it("is not led astray by a backup of a server that was further", async () => {
    const fleet = await newRepo();
    const future = 10 ** 12;
    await openFacts(everyone);
    await execute(sql`update fact_change_horizon set xid = ${future}::xid8`);
    await execute(sql`insert into fact_change (org_id, xid, numbers) values (0, ${future}::xid8, '{}')`);
    await execute(insertOne(fleet, 1));
    const table = (await openFacts(everyone)).table(fleet.org);
    await execute(insertOne(fleet, 2));
    expect((await openFacts(everyone)).table(fleet.org)).toBe(table);
    expect(await openNumbers(fleet.org)).toEqual([1, 2]);
    await pruneFactChanges(3600);
    expect(await query(sql`select xid::text from fact_change_horizon`)).toEqual([{ xid: "0" }]);
    expect(await query(sql`select id from fact_change where xid = ${future}::xid8`)).toEqual([]);
    expect((await openFacts(everyone)).table(fleet.org)).toBe(table);
  });

  it("holds what the database holds after any sequence of transactions", { timeout: 120_000 }, async () => {
    const CONNECTIONS = 3;
    const step = fc.record({
      connection: fc.nat(CONNECTIONS - 1),
      kind: fc.constantFrom("insert", "insert", "update", "move", "delete", "commit", "commit", "rollback"),
      /** Connections touch pull requests of their own: none waits for another. */
      item: fc.nat(6),
      day: fc.nat(400),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const fleet = await newRepo();
        await withTransactions(CONNECTIONS, async (clients) => {
          for (const { connection, kind, item, day } of steps) {
            const client = clients[connection];
            if (client === undefined) continue;
            const number = 1 + item * CONNECTIONS + connection;
            const one = sql`org_id = ${fleet.org} and repo_id = ${fleet.repo} and number = ${number}`;
            const at = sql`timestamptz '2026-01-01' + make_interval(days => ${day})`;
            if (kind === "insert") {
              await execute(sql`${insertOne(fleet, number, day)} on conflict do nothing`, client);
            } else if (kind === "update") {
              await execute(sql`update fact_pull_request set rollback_seconds = ${day} where ${one}`, client);
            } else if (kind === "move") {
              await execute(sql`update fact_pull_request set merged_at = ${at} where ${one}`, client);
            } else if (kind === "delete") {
              await execute(sql`delete from fact_pull_request where ${one}`, client);
            } else {
              await client.query(kind);
              await client.query("begin");
              expect(await openRows(fleet.org)).toEqual(await rowsInDatabase(fleet.org));
            }
          }
        });
        expect(await openRows(fleet.org)).toEqual(await rowsInDatabase(fleet.org));
      }),
      { numRuns: 40 },
    );
  });
});
