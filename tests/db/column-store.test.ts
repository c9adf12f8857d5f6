import { isDeepStrictEqual } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { execute, query } from "@/lib/db/query";
import { type Sql, sql } from "@/lib/db/sql";
import { openFacts } from "@/lib/metrics/columns/store";
import type { FactTable } from "@/lib/metrics/columns/table";
import { loadDirectory } from "@/lib/metrics/directory";
import { withSnapshot } from "@/lib/metrics/snapshot";
import { rowsInDatabase, rowsOf } from "@/tests/factories/columns";
import { insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const everyone = SYSTEM_SCOPE;
const completeTo = "2026-04-01T00:00:00Z";

let organizations = 0;
let org = 0;
let api = 0;
let web = 0;

beforeEach(async () => {
  organizations += 1;
  org = await insertOrg(`acme-${organizations}`);
  const team = await insertTeam(org, "payments");
  api = await insertRepo(org, "api", { completeTo });
  web = await insertRepo(org, "web", { completeTo });
  await insertFacts(org, api, [
    { number: 3, mergedAt: "2026-03-04T10:00:00.123999Z", kind: "agent", agentMask: 5n, teamId: team },
    { number: 1, mergedAt: "2026-03-02T10:00:00Z", rollbackSeconds: 7200, effectiveLines: 300, agentLines: 20 },
    { number: 2, mergedAt: "2026-03-02T10:00:00Z", effectiveLines: null, category: "documentation" },
  ]);
  await insertFacts(org, web, [
    { number: 1, mergedAt: "2026-03-02T10:00:00Z", kind: "automation", exclusion: "automation" },
    { number: 9, mergedAt: "2026-03-09T10:00:00Z", agentMask: -(2n ** 63n) + 1n, rollbackSeconds: 3_000_000_000 },
  ]);
});

async function openTable(orgId = org): Promise<FactTable> {
  const table = (await openFacts(everyone)).table(orgId);
  if (table === null) throw new Error("the organisation has no pull requests");
  return table;
}

/** Runs the statements one by one; after each the same table holds what the database holds. */
async function expectFollowed(...statements: Sql[]): Promise<FactTable> {
  const before = await openTable();
  for (const statement of statements) {
    const { version } = before;
    await execute(statement);
    const after = await openTable();
    expect(after).toBe(before);
    expect(after.version).toBeGreaterThan(version);
    const [actual, expected] = [rowsOf(after), await rowsInDatabase(org)];
    // The matcher is slow on ten thousands of rows that are equal, and says best what is not.
    if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
  }
  return before;
}

const ofApi = (number: number) => sql`org_id = ${org} and repo_id = ${api} and number = ${number}`;

describe("a table", () => {
  it("holds what the database holds, column by column, in order", async () => {
    const rows = rowsOf(await openTable());
    expect(rows).toEqual(await rowsInDatabase(org));
    expect(rows.map(({ repoId, number }) => [repoId, number])).toEqual([
      [api, 1],
      [api, 2],
      [web, 1],
      [api, 3],
      [web, 9],
    ]);
    expect(rows[3]?.mergedAt).toBe(Date.parse("2026-03-04T10:00:00.123Z"));
    expect(rows[4]).toMatchObject({ agentMask: 2n ** 63n + 1n, rollbackSeconds: 2 ** 31 - 1 });
    expect(rows[1]).toMatchObject({ effectiveLines: -1, teamId: null, rollbackSeconds: -1 });
  });

  it("stays untouched while nothing happens", async () => {
    const table = await openTable();
    const { version, mergedAt } = table;
    expect(await openTable()).toBe(table);
    expect([table.version, table.mergedAt]).toEqual([version, mergedAt]);
  });

  it("follows rows that change in their place", async () => {
    await expectFollowed(
      sql`update fact_pull_request set rollback_seconds = 60, confidence = 3 where ${ofApi(2)}`,
      sql`update fact_pull_request set agent_mask = agent_mask | 1024, team_id = 77 where org_id = ${org}`,
    );
  });

  it("tells nothing new when the rows are written again as they were", async () => {
    const table = await openTable();
    const { version } = table;
    await execute(sql`update fact_pull_request set number = number where org_id = ${org}`);
    expect((await openTable()).version).toBe(version);
  });

  it("follows rows that are new at the end, in between and at the front", async () => {
    const copyOf = (number: number, at: string) =>
      sql`insert into fact_pull_request select org_id, repo_id, ${number}::integer, ${at}::timestamptz, team_id,
        rollback_seconds, agent_mask, effective_lines, agent_lines, prod_lines, author_kind, category, size_bucket,
        exclusion, confidence from fact_pull_request where ${ofApi(1)}`;
    const table = await expectFollowed(
      copyOf(10, "2026-03-20T00:00:00Z"),
      copyOf(11, "2026-03-03T00:00:00Z"),
      copyOf(12, "2020-01-01T00:00:00.5Z"),
      copyOf(13, "2026-03-02T10:00:00Z"),
    );
    expect(table.length).toBe(9);
  });

  it("follows rows that move in time, and rows that are deleted", async () => {
    await expectFollowed(
      sql`update fact_pull_request set merged_at = '2026-03-30T00:00:00Z' where ${ofApi(1)}`,
      sql`update fact_pull_request set merged_at = '2026-01-01T00:00:00Z' where ${ofApi(1)}`,
      sql`update fact_pull_request set merged_at = merged_at + interval '1 day' where org_id = ${org}`,
      sql`delete from fact_pull_request where ${ofApi(2)}`,
      sql`update fact_pull_request set number = number + 100 where org_id = ${org} and repo_id = ${web}`,
      sql`delete from fact_pull_request where org_id = ${org} and repo_id = ${api}`,
    );
  });

  it("follows a statement about more pull requests than a note names", async () => {
    const insertMany = (repoId: number, count: number) => sql`insert into fact_pull_request
      select ${org}, ${repoId}, 1000 + n, timestamptz '2026-03-02' + make_interval(secs => n * 7 % 1000), null, null, 0,
        n, 0, n, 3, 9, 1, 0, 3 from generate_series(1, ${count}::integer) n`;
    await execute(insertMany(web, 30_000));
    await expectFollowed(
      insertMany(api, 5500),
      sql`update fact_pull_request set confidence = 2 where org_id = ${org} and repo_id = ${api}`,
      sql`delete from fact_pull_request where org_id = ${org} and repo_id = ${api} and number > 1000`,
    );
    const notes = await query(sql`select numbers from fact_change where org_id = ${org} order by id desc limit 3`);
    expect(notes).toEqual([{ numbers: null }, { numbers: null }, { numbers: null }]);
  });

  it("appears with its first pull request and goes with its last", async () => {
    const other = await insertOrg(`other-${organizations}`);
    expect((await openFacts(everyone)).table(other)).toBeNull();
    const repo = await insertRepo(other, "app", { completeTo });
    await insertFacts(other, repo, [{ number: 1, mergedAt: "2026-03-01T00:00:00Z" }]);
    expect(rowsOf(await openTable(other))).toEqual(await rowsInDatabase(other));
    await execute(sql`delete from fact_pull_request where org_id = ${other}`);
    expect((await openFacts(everyone)).table(other)).toBeNull();
    await insertFacts(other, repo, [{ number: 2, mergedAt: "2026-03-01T00:00:00Z" }]);
    await execute(sql`delete from organization where id = ${other}`);
    const { directory, table } = await openFacts(everyone);
    expect(table(other)).toBeNull();
    expect(directory.orgs.some(({ id }) => id === other)).toBe(false);
  });

  it("is empty after everything was truncated", async () => {
    await openTable();
    await execute(sql`truncate fact_pull_request`);
    expect((await openFacts(everyone)).table(org)).toBeNull();
  });
});

describe("the directory", () => {
  it("follows names, watermarks, teams and agents", async () => {
    const statements = [
      sql`update repository set name = 'core' where id = ${api}`,
      sql`update organization set name = 'Acme', time_zone = 'Europe/Berlin' where id = ${org}`,
      sql`update fact_repository set complete_to = '2026-05-01' where org_id = ${org} and repo_id = ${web}`,
      sql`insert into team (org_id, slug, name) values (${org}, 'search', 'Search')`,
      sql`delete from team where org_id = ${org} and slug = 'payments'`,
    ];
    await openFacts(everyone);
    for (const statement of statements) {
      await execute(statement);
      const expected = await withSnapshot((client) => loadDirectory(everyone, client));
      expect((await openFacts(everyone)).directory).toEqual(expected);
    }
    await insertAgents([{ code: 40, key: "newcomer" }]);
    expect((await openFacts(everyone)).directory.agents.map(({ key }) => key)).toContain("newcomer");
  });

  it("and the tables end at the scope", async () => {
    const other = await insertOrg(`hidden-${organizations}`);
    await insertTeam(other, "payments");
    const repo = await insertRepo(other, "app", { completeTo });
    await insertFacts(other, repo, [{ number: 1, mergedAt: "2026-03-01T00:00:00Z" }]);
    const scope = mintScope({ ...everyone, organizations: [org] });
    const view = await openFacts(scope);
    expect(view.table(org)).not.toBeNull();
    expect(view.table(other)).toBeNull();
    expect(view.directory).toEqual(await withSnapshot((client) => loadDirectory(scope, client)));
    const nothing = await openFacts(mintScope({ ...everyone, organizations: [] }));
    expect(nothing.directory).toMatchObject({ orgs: [], repos: [], teams: [] });
    expect(nothing.table(org)).toBeNull();
  });
});
