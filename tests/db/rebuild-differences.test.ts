import { beforeAll, describe, expect, it } from "vitest";
import { execute, query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { ensureOrganization } from "@/lib/settings/organizations";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const TABLES = {
  fact_pull_request: "fact_pull_request",
  fact_pull_request_detail: "fact_pull_request_detail",
  fact_rollback: "fact_rollback",
  fact_direct_push: "fact_direct_push",
  fact_unknown_bot: "fact_unknown_bot",
  fact_repository: "fact_repository",
  rollup_repository_day: "rollup_repository_day",
} as const;
type Table = keyof typeof TABLES;
const NAMES = Object.keys(TABLES) as Table[];

interface Version {
  table: Table;
  version: string;
  row: string;
}

/** Every row of a repository's facts with the transaction that wrote it. */
async function versions(): Promise<Version[]> {
  const found = await Promise.all(
    NAMES.map((table) =>
      query<{ version: string; row: string }>(
        sql`select xmin::text as version, (to_jsonb(t) - 'digest')::text as row from ${sql.ident(TABLES, table)} t
          order by row`,
      ).then((rows) => rows.map((row) => ({ table, ...row }))),
    ),
  );
  return found.flat();
}

const contents = (rows: Version[]) => rows.map(({ table, row }) => `${table} ${row}`);
const notes = async () =>
  (await query<{ count: number }>(sql`select count(*) as count from fact_change where org_id > 0`))[0]?.count ?? 0;

/** How many rows of which tables were written by `work`. */
async function writtenBy(work: () => Promise<unknown>): Promise<Partial<Record<Table, number>>> {
  const before = new Set((await versions()).map(({ table, version, row }) => `${table} ${version} ${row}`));
  await work();
  const written: Partial<Record<Table, number>> = {};
  for (const { table, version, row } of await versions()) {
    if (!before.has(`${table} ${version} ${row}`)) written[table] = (written[table] ?? 0) + 1;
  }
  return written;
}

let right: string[] = [];

beforeAll(async () => {
  const { id } = await ensureOrganization({ slug: "acme" });
  const history = new HistoryFactory(id, "app");
  history.land({ title: "Start", at: "2026-01-05T09:00:00Z", files: ["README.md", "src/a.ts"] });
  const own = [`feat: cache\n\n${CLAUDE_TRAILER}`, "more\n\nCo-authored-by: zephyr[bot] <zephyr[bot]@example.com>"];
  const cache = history.land({ title: "feat: cache", number: 1, at: "2026-01-06T10:00:00Z", files: ["src/c.ts"], own });
  history.undo(cache, {
    title: 'Revert "feat: cache (#1)"',
    number: 2,
    at: "2026-01-06T15:30:00Z",
    body: `This reverts commit ${cache}.`,
  });
  for (let number = 3; number < 20; number += 1) {
    const at = `2026-02-${String(number).padStart(2, "0")}T09:00:00Z`;
    history.land({ title: `docs: "page" ${number}\t\\n`, number, at, files: [`docs/${number}.md`] });
  }
  await withTransaction((client) => appendEvents(client, [history.events("2026-03-01T00:00:00Z")]));
  await projectPending();
  right = contents(await versions());
  // Every table has something to lose.
  expect([...new Set(right.map((text) => text.split(" ")[0]))]).toEqual(NAMES);
});

describe("a rebuild", () => {
  it("writes no row again and leaves no note of a change when nothing differs", async () => {
    const before = await notes();
    expect(await writtenBy(rebuildFacts)).toEqual({});
    expect(await notes()).toBe(before);
  });

  const damages: [string, Sql, Partial<Record<Table, number>>][] = [
    [
      "a narrow row that was changed",
      sql`update fact_pull_request set prod_lines = 1 + coalesce(prod_lines, 0) where number = 7`,
      { fact_pull_request: 1 },
    ],
    [
      "a rollback that a narrow row does not have",
      sql`update fact_pull_request set rollback_seconds = 60 where number = 8`,
      { fact_pull_request: 1 },
    ],
    [
      "a rollback that a narrow row lost",
      sql`update fact_pull_request set rollback_seconds = null where number = 1`,
      { fact_pull_request: 1 },
    ],
    ["a narrow row that is missing", sql`delete from fact_pull_request where number = 9`, { fact_pull_request: 1 }],
    [
      "a wide row that is missing",
      sql`delete from fact_pull_request_detail where number = 9`,
      { fact_pull_request: 1, fact_pull_request_detail: 1 },
    ],
    [
      "rows that should not be there",
      sql`with wide as (
          insert into fact_pull_request_detail select (jsonb_populate_record(d, '{"number": 99}')).*
          from fact_pull_request_detail d where number = 3)
        insert into fact_pull_request select (jsonb_populate_record(f, '{"number": 98}')).*
        from fact_pull_request f where number = 3`,
      {},
    ],
    ["a rollback that is missing", sql`delete from fact_rollback`, { fact_rollback: 1 }],
    ["a direct push with another title", sql`update fact_direct_push set title = 'other'`, { fact_direct_push: 1 }],
    ["an unknown bot that is missing", sql`delete from fact_unknown_bot`, { fact_unknown_bot: 1 }],
    ["a repository that says something else", sql`update fact_repository set landed = 1`, { fact_repository: 1 }],
    [
      "a day that counts too many",
      sql`update rollup_repository_day set merged = 9 where merged = 1 and day > '2026-02-18'`,
      { rollup_repository_day: 1 },
    ],
    [
      "a day without pull requests",
      sql`insert into rollup_repository_day select org_id, repo_id, '2020-01-01', 0, 1, 1, 0, 0 from fact_repository`,
      {},
    ],
  ];

  it.each(damages)("repairs %s, and writes nothing else", async (_name, damage, expected) => {
    await execute(damage);
    const written = await writtenBy(rebuildFacts);
    expect(contents(await versions())).toEqual(right);
    expect(written).toEqual(expected);
  });

  it("believes no digest of a repository in which verify found a difference", async () => {
    await execute(sql`update fact_pull_request_detail set title = 'by hand' where number = 4`);
    await execute(sql`update fact_rollback set revert_title = 'by hand'`);
    expect((await verifyFacts()).mismatches).toMatchObject([{ tables: ["fact_pull_request_detail", "fact_rollback"] }]);
    await rebuildFacts();
    expect(contents(await versions())).toEqual(right);
    expect((await verifyFacts()).mismatches).toEqual([]);
  });
});
