import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { readDataHealth } from "@/lib/metrics/explorer/data-health";
import { readDimensionValues } from "@/lib/metrics/explorer/dimension-values";
import { getPullRequest } from "@/lib/metrics/explorer/pull-request-detail";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import { pullRequestListSchema, rollbackListSchema } from "@/lib/metrics/list-schema";
import { runMetricsQuery } from "@/lib/metrics/query";
import { runRollbackCurve } from "@/lib/metrics/rollback-curve";
import { cohortQuerySchema, metricsQuerySchema } from "@/lib/metrics/schema";
import { queryScoped } from "@/lib/metrics/scoped-snapshot";
import { insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { insertFleet } from "@/tests/factories/fleet";
import { insertVerdicts } from "@/tests/factories/rollbacks";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

let platform: number;
let payments: number;
let web: number;
let api: number;
const HOUR = 3600;
const scopeOf = (...teams: number[]) => mintScope({ ...SYSTEM_SCOPE, teams });
const march = { from: "2026-03-01", to: "2026-04-01" };

beforeAll(async () => {
  const fleet = await insertFleet();
  ({ web, api } = fleet);
  const [row] = await query<{ id: number }>(sql`select id from team where slug = 'payments'`);
  payments = row?.id ?? 0;
  platform = await insertTeam(fleet.org, "platform");
  const seconds = 2 * HOUR;
  await insertFacts(fleet.org, web, [
    { number: 20, mergedAt: "2026-03-03T10:00:00Z", kind: "agent", agentMask: 1n, teamId: platform },
    { number: 21, mergedAt: "2026-03-04T10:00:00Z", kind: "human", teamId: platform, rollbackSeconds: seconds },
    { number: 22, mergedAt: "2026-03-05T10:00:00Z", kind: "human", teamId: payments },
  ]);
  await insertVerdicts(fleet.org, web, [
    {
      kind: "revert",
      revertKey: "pr:30",
      revertNumber: null,
      revertedAt: "2026-03-04T12:00:00Z",
      target: { number: 21, mergedAt: "2026-03-04T10:00:00Z" },
    },
  ]);
  const elsewhere = await insertOrg("elsewhere");
  const repo = await insertRepo(elsewhere, "secret-plans", { completeTo: "2026-03-31T01:00:00Z" });
  await insertTeam(elsewhere, "skunkworks");
  await insertFacts(elsewhere, repo, [{ number: 1, mergedAt: "2026-03-05T10:00:00Z", kind: "human" }]);
});

const list = (scope: ReturnType<typeof scopeOf>, input: Record<string, string> = {}) =>
  listPullRequests(scope, pullRequestListSchema.parse({ limit: "200", ...input }));

describe("whoever sees one team", () => {
  it("finds its pull requests and no other, in lists, searches and totals", async () => {
    const { items, total } = await list(scopeOf(platform));
    expect(items.map(({ number, repo }) => [repo, number])).toEqual([
      ["acme/web", 21],
      ["acme/web", 20],
    ]);
    expect(total).toBe(2);
    expect((await list(scopeOf(platform), { q: "#1" })).total).toBe(0);
    expect((await list(scopeOf(platform, payments))).total).toBe(4);
    expect((await list(scopeOf())).items).toEqual([]);
  });

  it("counts what a filter on the team counts, whatever else is asked", async () => {
    const ask = (scope: ReturnType<typeof scopeOf>, filters: object) =>
      runMetricsQuery(
        scope,
        metricsQuerySchema.parse({
          metrics: ["prs_merged_week", "rollback_rate_24h", "ai_share_prs", "task_mix"],
          ...march,
          groupBy: ["authorKind"],
          filters,
        }),
      );
    const own = await ask(scopeOf(platform), {});
    const filtered = await ask(SYSTEM_SCOPE, { team: ["platform"] });
    const rowsOf = ({ results }: typeof own) => results.map(({ rows }) => rows.filter(({ n }) => (n ?? 0) > 0));
    expect(rowsOf(own)).toEqual(rowsOf(filtered));
    expect(rowsOf(own)[0]?.length).toBeGreaterThan(0);
  });

  it("is told the names of what it sees alone", async () => {
    const { orgs, repos, teams } = await readDimensionValues(scopeOf(platform));
    expect(orgs.map(({ slug }) => slug)).toEqual(["acme"]);
    expect(repos.map(({ value }) => value)).toEqual(["acme/web"]);
    expect(teams).toEqual([{ value: "platform", name: "platform" }]);
  });

  it("cannot filter by what it does not see, as if it did not exist", async () => {
    const unseen: Record<string, string>[] = [
      { team: "payments" },
      { org: "elsewhere" },
      { repo: "acme/api" },
      { repo: "no/such" },
    ];
    for (const filters of unseen) {
      await expect(list(scopeOf(platform), filters), JSON.stringify(filters)).rejects.toMatchObject({
        code: "unprocessable",
      });
    }
  });

  it("sees the rollbacks of its own pull requests, and none that is unresolved", async () => {
    const all = await listRollbacks(
      scopeOf(platform),
      rollbackListSchema.parse({ kind: "revert,undeclared,partial,unresolved", limit: "200" }),
    );
    expect(all.items.map(({ pullRequest }) => pullRequest?.number)).toEqual([21]);
    expect(all.total).toBe(1);
    const curve = (scope: ReturnType<typeof scopeOf>, filters: object) =>
      runRollbackCurve(scope, cohortQuerySchema.parse({ ...march, groupBy: ["authorKind"], filters }));
    const { curves } = await curve(scopeOf(platform), {});
    expect(curves).toEqual((await curve(SYSTEM_SCOPE, { team: ["platform"] })).curves);
    expect(curves.length).toBeGreaterThan(0);
  });

  it("opens its own pull requests; every other one is not found, be it there or not", async () => {
    expect(await getPullRequest(scopeOf(platform), `${web}-21`)).toMatchObject({ number: 21 });
    for (const id of [`${web}-22`, `${api}-1`, `${api}-999`, `${web}-1`]) {
      await expect(getPullRequest(scopeOf(platform), id), id).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("is not shown the health of whole repositories", async () => {
    await expect(readDataHealth(scopeOf(platform), {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the second wall", () => {
  const forgetful = [
    ["pull requests", sql`select repo_id, number from fact_pull_request order by repo_id, number`],
    ["their details", sql`select repo_id, number from fact_pull_request_detail order by repo_id, number`],
    ["rollbacks", sql`select repo_id, target_number as number from fact_rollback order by repo_id, number`],
  ] as const;

  it.each(forgetful)("gives no foreign row of %s to a statement without a filter", async (name, statement) => {
    const rows = await queryScoped<{ repo_id: number; number: number }>(scopeOf(platform), statement);
    const expected = name === "rollbacks" ? [21] : [20, 21];
    expect(rows).toEqual(expected.map((number) => ({ repo_id: web, number })));
    expect(await queryScoped(scopeOf(), statement)).toEqual([]);
    expect(await queryScoped(mintScope({ ...SYSTEM_SCOPE, organizations: [] }), statement)).toEqual([]);
    expect((await queryScoped(SYSTEM_SCOPE, statement)).length).toBeGreaterThan(2);
  });

  it("gives all rows of an organisation to whoever sees all its teams", async () => {
    const [org] = await query<{ id: number }>(sql`select id from organization where slug = 'elsewhere'`);
    const scope = mintScope({ ...SYSTEM_SCOPE, organizations: [org?.id ?? 0] });
    expect(await queryScoped(scope, sql`select number from fact_pull_request`)).toEqual([{ number: 1 }]);
  });

  it("lets nobody read what is not about pull requests", async () => {
    for (const table of ["app_user", "user_session", "api_key", "audit_event", "event", "github_connection"]) {
      await expect(
        queryScoped(scopeOf(platform), sql`select * from ${sql.ident({ table }, "table")}`),
        table,
      ).rejects.toMatchObject({ code: "42501" });
    }
  });
});
