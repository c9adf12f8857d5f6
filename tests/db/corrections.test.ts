import { beforeAll, describe, expect, it } from "vitest";
import { PATCH } from "@/app/api/v1/pull-requests/[id]/verdict/route";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { verifyFacts } from "@/lib/facts/verify";
import { migrateJobs } from "@/lib/jobs/worker";
import { getPullRequest } from "@/lib/metrics/explorer/pull-request-detail";
import { pullRequestDetailSchema } from "@/lib/metrics/explorer/response-schemas";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import { rollbackListSchema } from "@/lib/metrics/list-schema";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { call, ORIGIN } from "@/tests/api/call";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();

const on = (day: number) => `2026-03-${String(day).padStart(2, "0")}T09:00:00Z`;
let [orgId, repoId] = [0, 0];
let lead: Record<string, string>;
let viewer: Record<string, string>;
let line: HistoryFactory;

beforeAll(async () => {
  await migrateJobs(database.url);
  orgId = (await ensureOrganization({ slug: "acme" })).id;
  line = new HistoryFactory(orgId, "app");
  line.land({ title: "start", at: "2020-01-01T00:00:00Z" });
  const first = line.land({ title: "Change 1", number: 1, at: on(1), files: ["src/1.ts"], body: CLAUDE_TRAILER });
  line.land({ title: "Change 2", number: 2, at: on(2), files: ["src/2.ts"] });
  line.undo(first, { title: 'Revert "Change 1"', number: 3, at: on(3), body: `This reverts commit ${first}.` });
  await withTransaction((client) => appendEvents(client, [line.events("2026-03-20T00:00:00Z")]));
  await projectPending();
  const [repo] = await query<{ id: number }>(sql`select id from repository where org_id = ${orgId}`);
  repoId = repo?.id ?? 0;
  lead = { ...(await sessionOf(await insertUser("admin"))), origin: ORIGIN };
  viewer = { ...(await sessionOf(await insertUser("viewer"))), origin: ORIGIN };
});

const detail = async (number: number) =>
  pullRequestDetailSchema.parse(await getPullRequest(SYSTEM_SCOPE, `${repoId}-${number}`));
const correct = (number: number, body: object, as = lead) =>
  call(PATCH, `/api/v1/pull-requests/${repoId}-${number}/verdict`, {
    method: "PATCH",
    as,
    body: { why: "I was there", ...body },
    params: { id: `${repoId}-${number}` },
  });
const figures = async () => {
  const asked = metricsQuerySchema.parse({
    metrics: ["agent_prs_merged", "rollback_rate_7d", "ai_share_prs"],
    from: "2026-03-01",
    to: "2026-03-20",
  });
  const { results } = await runMetricsQuery(SYSTEM_SCOPE, asked);
  return results.map(({ rows }) => [rows[0]?.k, rows[0]?.n]);
};

describe("a correction", () => {
  it("stands in the place of the rules, with who said it and why, and the figures follow", async () => {
    expect(await figures()).toEqual([
      [1, 1],
      [1, 1],
      [1, 2],
    ]);
    const answer = await correct(2, { authorKind: "agent", agents: ["cursor"], category: "bug_fix_isolated" });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        before: { authorKind: null, agents: null, category: null, notRolledBack: false, rolledBackAt: null },
        after: {
          authorKind: "agent",
          agents: ["cursor"],
          category: "bug_fix_isolated",
          notRolledBack: false,
          rolledBackAt: null,
        },
      },
    ]);
    await projectPending();
    const corrected = await detail(2);
    expect(corrected).toMatchObject({
      authorKind: "agent",
      category: "bug_fix_isolated",
      agents: [{ agent: "cursor", share: 1, confidence: "certain" }],
      authorship: { confidence: "certain" },
      categoryVerdict: { rule: "manual" },
      correction: { authorKind: "agent", why: "I was there" },
    });
    expect(corrected.categoryVerdict.evidence.text).toMatch(/corrected this on \d{4}-\d{2}-\d{2}: I was there$/);
    expect(await figures()).toEqual([
      [2, 2],
      [1, 2],
      [2, 2],
    ]);
  });

  it("says that what took it back was no rollback", async () => {
    expect((await correct(1, { notRolledBack: true })).status).toBe(200);
    await projectPending();
    expect((await detail(1)).rolledBackAt).toBeNull();
    const [, rate] = await figures();
    expect(rate).toEqual([0, 2]);
    const { items } = await listRollbacks(
      SYSTEM_SCOPE,
      rollbackListSchema.parse({ from: "2026-03-01", to: "2026-03-20" }),
    );
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ counts: false });
    expect(items[0]?.evidence[0]).toMatchObject({ rule: "corrected" });
  });

  it("stays when more lands, when all is made again, and is the same either way", async () => {
    line.land({ title: "Change 4", number: 4, at: on(21), files: ["src/4.ts"], body: CLAUDE_TRAILER });
    await withTransaction((client) => appendEvents(client, [line.events("2026-03-31T00:00:00Z")]));
    await projectPending();
    const before = [await detail(1), await detail(2), await figures()];
    expect((await verifyFacts()).mismatches).toEqual([]);
    await rebuildFacts();
    expect([await detail(1), await detail(2), await figures()]).toEqual(before);
  });

  it("is taken back part by part, and the rules speak again", async () => {
    await correct(2, { agents: null, authorKind: null });
    await correct(1, { notRolledBack: false });
    await projectPending();
    expect(await detail(2)).toMatchObject({ authorKind: "human", agents: [], category: "bug_fix_isolated" });
    await correct(2, { category: null });
    await projectPending();
    expect((await detail(2)).correction).toBeNull();
    expect((await detail(1)).rolledBackAt).not.toBeNull();
    expect(await query(sql`select number from pull_request_correction`)).toEqual([]);
    expect(await figures()).toEqual([
      [1, 1],
      [1, 1],
      [1, 2],
    ]);
    const noted = await query<{ after: object }>(
      sql`select after from audit_event where action = 'verdict.corrected' order by seq`,
    );
    expect(noted).toHaveLength(5);
    expect(noted[0]?.after).toMatchObject({ agents: ["cursor"], why: "I was there" });
  });

  it("says that something was rolled back that nothing tells of, and the earliest rollback counts", async () => {
    const declared = await correct(4, { rolledBackAt: on(23) });
    expect(declared.status).toBe(200);
    await projectPending();
    const known = await detail(4);
    expect(known).toMatchObject({ rolledBackAt: "2026-03-23T09:00:00.000Z", hoursToRollback: 48 });
    expect(known.rollbacks).toMatchObject([
      {
        kind: "revert",
        counts: true,
        hours: 48,
        confidence: "certain",
        revert: { number: null, title: "I was there" },
      },
    ]);
    // What lands later and reverts it says so too; it came after, and does not count.
    const target = line.land({ title: "Change 5", number: 5, at: on(24), files: ["src/5.ts"], body: CLAUDE_TRAILER });
    await correct(4, { rolledBackAt: on(23) });
    await withTransaction((client) => appendEvents(client, [line.events("2026-04-01T00:00:00Z")]));
    await projectPending();
    expect((await correct(5, { rolledBackAt: "2026-03-25T09:00:00Z" })).status).toBe(200);
    await projectPending();
    line.undo(target, { title: 'Revert "Change 5"', number: 6, at: on(26), body: `This reverts commit ${target}.` });
    await withTransaction((client) => appendEvents(client, [line.events("2026-04-02T00:00:00Z")]));
    await projectPending();
    const both = await detail(5);
    expect(both.rolledBackAt).toBe("2026-03-25T09:00:00.000Z");
    expect(both.rollbacks.map(({ counts, revert }) => [revert.number, counts])).toEqual([
      [null, true],
      [6, false],
    ]);
    expect((await verifyFacts()).mismatches).toEqual([]);
    await rebuildFacts();
    expect(await detail(5)).toEqual(both);
    await correct(4, { rolledBackAt: null });
    await correct(5, { rolledBackAt: null });
    await projectPending();
    expect([(await detail(4)).rolledBackAt, (await detail(5)).rolledBackAt]).toEqual([
      null,
      "2026-03-26T09:00:00.000Z",
    ]);
  });

  it.each([
    ["a rollback before the merge", { rolledBackAt: "2020-01-01T00:00:00Z" }, "/rolledBackAt"],
    ["a rollback in the future", { rolledBackAt: "2999-01-01T00:00:00Z" }, "/rolledBackAt"],
    ["a rollback and none", { rolledBackAt: on(23), notRolledBack: true }, "/rolledBackAt"],
    ["an agent of what people wrote", { agents: ["cursor"] }, "/agents"],
    ["an agent that nobody knows", { authorKind: "agent", agents: ["cursor", "hal"] }, "/agents/1"],
    ["an agent twice", { authorKind: "agent", agents: ["cursor", "cursor"] }, "/agents"],
    ["a task that is none", { category: "luck" }, "/category"],
    ["no reason", { category: "documentation", why: " " }, "/why"],
  ])("is refused where it names %s, and changes nothing", async (_, body, pointer) => {
    const answer = await correct(2, body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ pointer });
    expect(await query(sql`select number from pull_request_correction`)).toEqual([]);
  });

  it("is for whoever may judge, of what is there", async () => {
    expect((await correct(2, { category: "documentation" }, viewer)).status).toBe(403);
    expect((await correct(99, { category: "documentation" })).status).toBe(404);
  });
});
