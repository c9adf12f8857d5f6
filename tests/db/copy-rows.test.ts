import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CopyJson, copyRows } from "@/lib/db/copy-rows";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const COLUMNS = ["id", "label", "big", "ratio", "flag", "at", "tags", "body"];

// PostgreSQL holds no U+0000 and no lone surrogate; COPY writes U+FFFD for them, which has a test of its own.
const text = fc.string({ unit: "binary" }).map((value) => value.replaceAll("\0", "").toWellFormed());
const nullable = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const row = fc.record({
  label: nullable(fc.oneof(text, fc.constantFrom("\\N", "\\.", "\t", "\n", "\r\n", "\\", "", "a\\tb", "\v\f\b"))),
  big: nullable(fc.maxSafeInteger()),
  ratio: nullable(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0))),
  flag: nullable(fc.boolean()),
  at: nullable(
    fc.date({ min: new Date("0001-01-02T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true }),
  ),
  tags: nullable(fc.array(fc.oneof(text, fc.constantFrom("NULL", "", '"', "{}", ",")))),
  body: nullable(fc.record({ note: text, n: fc.integer() })),
});

describe("copyRows", () => {
  it("brings back every value as it was written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        await withTransaction(async (client) => {
          await client.query(
            `create temporary table sample (id int, label text, big bigint, ratio float8, flag boolean,
               at timestamptz, tags text[], body jsonb) on commit drop`,
          );
          const written = await copyRows(
            client,
            "sample",
            COLUMNS,
            rows.map((value, id) => [
              id,
              value.label,
              value.big,
              value.ratio,
              value.flag,
              value.at,
              value.tags,
              value.body === null ? null : new CopyJson(value.body),
            ]),
          );
          expect(written).toBe(rows.length);
          const stored = await query(
            sql`select label, big, ratio, flag, at, tags, body from sample order by id`,
            client,
          );
          expect(stored).toEqual(rows);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("replaces what PostgreSQL text cannot hold", async () => {
    await withTransaction(async (client) => {
      await client.query("create temporary table sample (label text) on commit drop");
      await copyRows(client, "sample", ["label"], [["a\0b"], ["\ud800"]]);
      expect(await query(sql`select label from sample`, client)).toEqual([{ label: "a\uFFFDb" }, { label: "\uFFFD" }]);
    });
  });

  it("streams more rows than fit one chunk and keeps nothing of a source that fails", async () => {
    await withTransaction(async (client) => {
      await client.query("create temporary table sample (id int, label text) on commit drop");
      async function* many() {
        for (let id = 0; id < 20_000; id += 1) yield [id, "x".repeat(50)];
      }
      expect(await copyRows(client, "sample", ["id", "label"], many())).toBe(20_000);
      const [counted] = await query<{ n: number }>(sql`select count(*) as n from sample`, client);
      expect(counted?.n).toBe(20_000);
    });
    const failing = withTransaction(async (client) => {
      await client.query("create temporary table sample (id int)");
      async function* broken() {
        for (let id = 0; id < 5000; id += 1) yield [id];
        throw new Error("the source broke");
      }
      await copyRows(client, "sample", ["id"], broken());
    });
    await expect(failing).rejects.toThrow("the source broke");
  });
});
