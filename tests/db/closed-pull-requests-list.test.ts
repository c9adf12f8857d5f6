import { beforeAll, describe, expect, it } from "vitest";
import { PUT } from "@/app/api/v1/pull-requests/[id]/cause/route";
import { GET } from "@/app/api/v1/pull-requests/[id]/route";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { migrateJobs } from "@/lib/jobs/worker";
import { findPullRequest } from "@/lib/metrics/explorer/closed-pull-request";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { pullRequestListSchema } from "@/lib/metrics/list-schema";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureTeams } from "@/lib/settings/teams";
import { call, ORIGIN } from "@/tests/api/call";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { ActivityFactory, CLAUDE, person } from "@/tests/factories/activity";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();
const on = (day: number, hour = 9) => `2026-03-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;
const period = { from: "2026-03-01", to: "2026-03-15" };

let repoId = 0;
let teams: ReadonlyMap<string, number>;

beforeAll(async () => {
  await migrateJobs(database.url);
  const orgId = (await ensureOrganization({ slug: "acme" })).id;
  const line = new HistoryFactory(orgId, "app");
  line.land({ title: "start", at: "2020-01-01T00:00:00Z" });
  for (const number of [1, 2]) {
    line.land({ title: `Change ${number}`, number, at: on(number), files: ["src/a.ts"], body: CLAUDE_TRAILER });
  }
  const around = new ActivityFactory(orgId);
  const rejected = (number: number, title: string): FleetEvent[] => [
    around.opened(number, on(3), { author: CLAUDE }),
    around.review(number, `r${number}`, on(3, 12), person("grace")),
    around.closed(number, on(4), { title }),
  ];
  const events = [
    ...line.events("2026-03-20T00:00:00Z"),
    around.review(1, "r1", on(1, 8), person("grace")),
    ...rejected(7, "feat: Großer Umbau"),
    ...rejected(8, "fix: the limit"),
    around.opened(9, on(5)),
    around.closed(9, on(6), { title: "chore: by hand" }),
  ];
  await withTransaction((client) => appendEvents(client, [events]));
  teams = await ensureTeams(orgId, [
    { slug: "web", name: "Web" },
    { slug: "core", name: "Core" },
  ]);
  await projectPending();
  const [repo] = await query<{ id: number }>(sql`select id from repository where org_id = ${orgId}`);
  repoId = repo?.id ?? 0;
});

const list = (input: Record<string, string>, scope = SYSTEM_SCOPE) =>
  listPullRequests(scope, pullRequestListSchema.parse({ ...period, ...input }));
const numbers = async (input: Record<string, string>, scope = SYSTEM_SCOPE) =>
  (await list(input, scope)).items.map(({ number }) => number);

describe("pull requests that were closed without a merge", () => {
  it("are listed where they are asked for, newest first, page by page", async () => {
    expect(await numbers({})).toEqual([2, 1]);
    expect(await numbers({ ended: "closed" })).toEqual([9, 8, 7]);
    const first = await list({ ended: "any", limit: "3" });
    expect([first.total, first.items.map(({ number, outcome }) => `${number} ${outcome}`)]).toEqual([
      5,
      ["9 closed", "8 closed", "7 closed"],
    ]);
    expect(await numbers({ ended: "any", limit: "3", cursor: first.nextCursor ?? "" })).toEqual([2, 1]);
    expect(await numbers({ ended: "any", sort: "effectiveLines" })).toHaveLength(5);
  });

  it("have a title, an author with evidence, and never a line", async () => {
    const { items } = await list({ ended: "closed", authorKind: "agent,assisted" });
    expect(items).toMatchObject([
      { number: 8, title: "fix: the limit", outcome: "closed", effectiveLines: null, url: null, rolledBackAt: null },
      { number: 7, title: "feat: Großer Umbau", mergedAt: "2026-03-04T09:00:00.000Z", exclusion: "none" },
    ]);
    expect(items[0]?.agents).toMatchObject([{ agent: "claude_code", evidence: [{ rule: expect.any(String) }] }]);
  });

  it("are found by words of their titles and by number", async () => {
    expect(await numbers({ ended: "closed", q: "großer" })).toEqual([7]);
    expect(await numbers({ ended: "any", q: "change" })).toEqual([2, 1]);
    expect(await numbers({ ended: "closed", q: "#9" })).toEqual([9]);
  });

  it.each([
    ["rejection_rate", "counted", "closed"],
    ["acceptance_rate", "rest", "any"],
    ["first_pass_yield", "rest", "any"],
    ["human_intervention_rate", "counted", "any"],
  ])("are behind %s", async (metric, part, ended) => {
    const { results } = await runMetricsQuery(SYSTEM_SCOPE, metricsQuerySchema.parse({ metrics: [metric], ...period }));
    const row = results[0]?.rows[0];
    const total = async (more: Record<string, string>) => (await list({ metric, limit: "1", ...more })).total;
    expect(row?.n).toBeGreaterThan(0);
    expect(await total({ ended: "any" })).toBe(row?.n);
    expect(await total({ ended, part })).toBe(part === "counted" ? row?.k : (row?.n ?? 0) - (row?.k ?? 0));
  });

  it("have a page of their own, and one who may say why they failed", async () => {
    const found = await findPullRequest(SYSTEM_SCOPE, `${repoId}-8`);
    expect(found).toMatchObject({
      outcome: "closed",
      number: 8,
      authorship: { evidence: [{ text: expect.any(String) }] },
      categoryVerdict: { evidence: { text: expect.any(String) } },
    });
    const as = { ...(await sessionOf(await insertUser("admin"))), origin: ORIGIN };
    const params = { id: `${repoId}-8` };
    const answer = await call(GET, `/api/v1/pull-requests/${repoId}-8`, { as, params });
    expect([answer.status, (await answer.json()).outcome]).toEqual([200, "closed"]);
    const cause = await call(PUT, `/api/v1/pull-requests/${repoId}-8/cause`, {
      method: "PUT",
      as,
      params,
      body: { cause: "missing_context" },
    });
    // It did not fail by rework, defect or rollback, and that is said.
    expect(cause.status).toBe(found.failure === null ? 422 : 200);
    await expect(findPullRequest(SYSTEM_SCOPE, `${repoId}-99`)).rejects.toMatchObject({ code: "not_found" });
  });

  it("are seen by their team alone", async () => {
    const [web, core] = [teams.get("web") ?? 0, teams.get("core") ?? 0];
    await query(sql`update fact_closed_pull_request set team_id = ${web} where number = 7`);
    await query(sql`insert into fact_change (org_id) values (0)`);
    const scopeOf = (team: number) => mintScope({ ...SYSTEM_SCOPE, teams: [team] });
    expect(await numbers({ ended: "any" }, scopeOf(web))).toEqual([7]);
    expect(await numbers({ ended: "any" }, scopeOf(core))).toEqual([]);
    expect(await findPullRequest(scopeOf(web), `${repoId}-7`)).toMatchObject({ number: 7 });
    await expect(findPullRequest(scopeOf(core), `${repoId}-7`)).rejects.toMatchObject({ code: "not_found" });
    await expect(findPullRequest(scopeOf(web), `${repoId}-8`)).rejects.toMatchObject({ code: "not_found" });
  });
});
