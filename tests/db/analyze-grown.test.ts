import { beforeAll, expect, it } from "vitest";
import { analyzeGrown } from "@/lib/db/analyze-grown";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const TABLES = { grown: "grown", small: "small" };
beforeAll(async () => {
  for (const name of ["grown", "small"] as const) {
    const table = sql.ident(TABLES, name);
    await execute(sql`create table ${table} (id integer, word text) with (autovacuum_enabled = false)`);
  }
  await execute(sql`insert into small select 1, 'x'`);
});
const fill = () => execute(sql`insert into grown select n, repeat('x', 100) from generate_series(1, 30000) as n`);
const rowsKnown = async () =>
  (await query<{ rows: number }>(sql`select reltuples::integer as rows from pg_class where relname = 'grown'`))[0]
    ?.rows;

it("has the planner look at tables that have grown, once each time", async () => {
  expect(await analyzeGrown(TABLES)).toEqual([]);
  await fill();
  expect(await analyzeGrown(TABLES)).toEqual(["grown"]);
  expect(await rowsKnown()).toBe(30_000);
  expect(await analyzeGrown(TABLES)).toEqual([]);
  // Not yet twice as much.
  await execute(sql`insert into grown select n, 'x' from generate_series(1, 1000) as n`);
  expect(await analyzeGrown(TABLES)).toEqual([]);
  await fill();
  expect(await analyzeGrown(TABLES)).toEqual(["grown"]);
});
