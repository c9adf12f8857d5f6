import { describe, expect, it } from "vitest";
import { type BinaryRow, copyOut } from "@/lib/db/copy-out";
import { getPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const copy = (statement: Sql, columns: number, onRow: (row: BinaryRow) => void) =>
  withTransaction((client) => copyOut(client, statement, columns, onRow));

describe("copyOut", () => {
  it("gives every row, also those that lie across two pieces of the stream", async () => {
    let sum = 0;
    let nulls = 0;
    const count = await copy(
      sql`select n::smallint, n, case when n % 3 = 0 then n::bigint end, repeat('x', n % 700)
        from generate_series(1, ${30_000}::integer) n`,
      4,
      (row) => {
        expect(row.int16(0)).toBe(row.int32(1));
        sum += row.int32(1);
        if (row.isNull(2)) nulls += 1;
        else expect(row.int64(2)).toBe(row.int32(1));
      },
    );
    expect([count, sum, nulls]).toEqual([30_000, (30_000 * 30_001) / 2, 20_000]);
  });

  it("gives nothing for nothing", async () => {
    const never = (_row: BinaryRow) => {
      throw new Error("there is no row");
    };
    expect(await copy(sql`select 1 where false`, 1, never)).toBe(0);
  });

  it("reads 64 bits as a number, and as two halves", async () => {
    const read: number[][] = [];
    await copy(
      sql`select n from unnest(array[-1, 4294967296, 9007199254740991, -9007199254740991, 2147483648]) n`,
      1,
      (row) => read.push([row.int64(0), row.high32(0), row.low32(0)]),
    );
    expect(read).toEqual([
      [-1, -1, -1],
      [2 ** 32, 1, 0],
      [Number.MAX_SAFE_INTEGER, 2 ** 21 - 1, -1],
      [Number.MIN_SAFE_INTEGER, -(2 ** 21), 1],
      [2 ** 31, 0, -(2 ** 31)],
    ]);
  });

  it("writes whole numbers and lists of them into the statement, and refuses everything else", async () => {
    const read: number[] = [];
    const statement = sql`select n from generate_series(${-3}::integer, ${12}) n where n = any(${[-2, 0, 11]}::integer[])
      and n <> all(${[]}::integer[])`;
    await copy(statement, 1, (row) => read.push(row.int32(0)));
    expect(read).toEqual([-2, 0, 11]);
    for (const value of ["1", "'; drop table event", 1.5, Number.NaN, null, [1, "2"], undefined, new Date()]) {
      await expect(copy(sql`select ${value}`, 1, () => undefined)).rejects.toThrow(TypeError);
    }
  });

  it("leaves its connection usable when the reader or the statement fails", async () => {
    await withTransaction(async (client) => {
      const failing = () => {
        throw new Error("cannot use this row");
      };
      await expect(copyOut(client, sql`select n from generate_series(1, 100000) n`, 1, failing)).rejects.toThrow(
        "this row",
      );
      await expect(copyOut(client, sql`select 1, 2`, 1, () => undefined)).rejects.toThrow("2 columns instead of 1");
      await expect(copyOut(client, sql`select 1`, 1, (row) => row.int64(0))).rejects.toThrow("8 bytes");
      expect(await query(sql`select 1 as one`, client)).toEqual([{ one: 1 }]);
      await query(sql`savepoint before`, client);
      await expect(
        copyOut(client, sql`select 1 / (n - 90000) from generate_series(1, 100000) n`, 1, () => undefined),
      ).rejects.toThrow("division by zero");
      await query(sql`rollback to savepoint before`, client);
      expect(await query(sql`select 1 as one`, client)).toEqual([{ one: 1 }]);
    });
  });

  it("fails when the connection is lost in the middle", async () => {
    const client = await getPool().connect();
    const [self] = await query<{ pid: number }>(sql`select pg_backend_pid() as pid`, client);
    let rows = 0;
    const copying = copyOut(client, sql`select n, pg_sleep(0.002)::text from generate_series(1, 5000) n`, 2, () => {
      rows += 1;
    });
    setTimeout(() => void query(sql`select pg_terminate_backend(${self?.pid ?? 0})`), 100);
    await expect(copying).rejects.toThrow();
    expect(rows).toBeLessThan(5000);
    client.release(true);
  });
});
