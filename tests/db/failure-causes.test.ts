import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { PUT as sayWhy } from "@/app/api/v1/pull-requests/[id]/cause/route";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { FAILURE_CAUSE_CODE, FAILURE_CAUSES, type FailureCause } from "@/lib/core/failure-causes";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { migrateJobs } from "@/lib/jobs/worker";
import { getPullRequest } from "@/lib/metrics/explorer/pull-request-detail";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { call, ORIGIN } from "@/tests/api/call";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { courseEvents } from "@/tests/factories/pull-request-course";
import { expectGolden, readGoldenCases } from "@/tests/golden/case";
import { FAILURE_GROUPS } from "@/tests/golden/sql-groups";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();

async function causesOf(slug: string, authorKind?: "human"): Promise<MetricRow[]> {
  const filters = { org: [slug], ...(authorKind && { authorKind: [authorKind] }) };
  const { results } = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({ metrics: ["failure_root_cause"], from: "2000-01-01", to: "2100-01-01", filters }),
  );
  return results[0]?.rows ?? [];
}

describe("golden cases of why pull requests failed", () => {
  const cases = readGoldenCases().filter(({ group }) => FAILURE_GROUPS.has(group));
  const inputs = z.object({
    counts: z.partialRecord(z.enum(FAILURE_CAUSES), z.int().nonnegative()),
    unclassified: z.int().nonnegative(),
  });

  it.each(cases.map((entry) => [entry.id, entry] as const))("%s", async (id, entry) => {
    const { counts, unclassified } = inputs.parse(entry.inputs);
    const slug = id.toLowerCase().replaceAll("_", "-");
    const org = await insertOrg(slug);
    const repo = await insertRepo(org, "app", { completeTo: "2026-12-31T00:00:00Z" });
    const codes = [
      ...FAILURE_CAUSES.flatMap((cause) => Array<number>(counts[cause] ?? 0).fill(FAILURE_CAUSE_CODE[cause])),
      ...Array<number>(unclassified).fill(0),
    ];
    await insertFacts(
      org,
      repo,
      // As many held, which is nothing to the shares.
      [...codes, ...codes.map(() => null)].map((failure_cause, index) => ({
        number: index + 1,
        mergedAt: "2026-02-02T12:00:00Z",
        kind: "agent" as const,
        course: { failure_cause },
      })),
    );
    const rows = await causesOf(slug);
    const open = rows[0]?.excluded.not_triaged ?? 0;
    const triaged = rows[0]?.n ?? 0;
    expectGolden(
      {
        shares_of_classified: Object.fromEntries(rows.map(({ group, value }) => [group.cause, value])),
        unclassified_share: open / (open + triaged),
      },
      entry,
    );
    expect(rows.reduce((sum, { k }) => sum + (k ?? 0), 0)).toBe(triaged);
  });
});

describe("why a pull request failed", () => {
  const on = (day: number, hour = 12) => `2026-02-0${day}T${String(hour).padStart(2, "0")}:00:00Z`;
  let orgId: number;
  let repoId: number;
  let admin: Record<string, string>;
  let viewer: Record<string, string>;

  beforeAll(async () => {
    await migrateJobs(database.url);
    admin = { ...(await sessionOf(await insertUser("admin"))), origin: ORIGIN };
    viewer = { ...(await sessionOf(await insertUser("viewer"))), origin: ORIGIN };
    orgId = (await ensureOrganization({ slug: "acme" })).id;
    const line = new HistoryFactory(orgId, "app");
    line.land({ title: "start", at: "2020-01-01T00:00:00Z" });
    const landed = [1, 2, 3, 4].map((number) =>
      line.land({
        title: `Change ${number}`,
        number,
        at: on(number),
        files: [`src/${number}.ts`],
        body: CLAUDE_TRAILER,
      }),
    );
    const body = `This reverts commit ${landed[0]}.`;
    line.undo(landed[0] ?? "", { title: 'Revert "Change 1"', number: 5, at: on(5), body });
    const events = [
      ...line.events("2026-03-31T00:00:00Z"),
      ...courseEvents(orgId, [
        {
          number: 2,
          opened: { at: on(1, 8) },
          reviews: [{ at: on(1, 10), state: "changes_requested" }],
          commits: [{ at: on(1, 11), lines: 50 }],
        },
        { number: 3, opened: { at: on(2, 8) }, defects: [{ at: on(9) }] },
      ]).filter(({ kind }) => !["commit.landed", "repository.observed"].includes(kind)),
    ];
    await withTransaction((client) => appendEvents(client, [events]));
    await projectPending();
    const [repo] = await query<{ id: number }>(sql`select id from repository where org_id = ${orgId} and name = 'app'`);
    repoId = repo?.id ?? 0;
  });

  const detail = (number: number) => getPullRequest(SYSTEM_SCOPE, `${repoId}-${number}`);
  const say = (number: number, cause: string | null, as = admin) =>
    call(sayWhy, `/api/v1/pull-requests/${repoId}-${number}/cause`, {
      method: "PUT",
      as,
      body: { cause },
      params: { id: `${repoId}-${number}` },
    });
  const counted = async () => {
    await projectPending();
    const rows = await causesOf("acme");
    const causes = rows.filter(({ k }) => (k ?? 0) > 0).map(({ group, k }) => [group.cause, k]);
    return { causes: Object.fromEntries(causes), n: rows[0]?.n, open: rows[0]?.excluded.not_triaged };
  };

  it("is asked of what was rolled back, reworked or named by a defect, and of nothing else", async () => {
    expect((await detail(1)).failure).toEqual({ reasons: ["rolled_back"], cause: null, decidedAt: null });
    expect((await detail(2)).failure?.reasons).toEqual(["reworked"]);
    expect((await detail(3)).failure?.reasons).toEqual(["defect"]);
    expect((await detail(4)).failure).toBeNull();
    expect(await counted()).toEqual({ causes: {}, n: 0, open: 3 });
    expect((await causesOf("acme"))[0]).toMatchObject({
      value: null,
      reason: "nobody has said why for all 3 pull requests",
    });
  });

  it("is said by a person, changed and taken back, and the shares follow", async () => {
    expect((await say(1, "missing_context")).status).toBe(200);
    expect((await say(2, "logic_error")).status).toBe(200);
    expect(await counted()).toEqual({ causes: { missing_context: 1, logic_error: 1 }, n: 2, open: 1 });
    expect((await detail(1)).failure).toMatchObject({ cause: "missing_context", decidedAt: expect.any(String) });
    await say(1, "scope_creep");
    await say(2, null);
    expect(await counted()).toEqual({ causes: { scope_creep: 1 }, n: 1, open: 2 });
    const [noted] = await query<{ count: number }>(
      sql`select count(*)::integer as count from audit_event where action = 'failure.triaged'`,
    );
    expect(noted?.count).toBe(4);
  });

  it("stays when all facts are made again", async () => {
    const before = await counted();
    await rebuildFacts();
    expect(await counted()).toEqual(before);
    expect((await verifyCourses()).mismatches).toEqual([]);
  });

  it("is refused of what did not fail, by a word that is none, and from whoever may not say it", async () => {
    const held = await say(4, "other");
    expect(held.status).toBe(422);
    expect(await held.json()).toMatchObject({ detail: expect.stringContaining("has not failed") });
    expect((await say(1, "bad luck" as FailureCause)).status).toBe(422);
    expect((await say(1, "other", viewer)).status).toBe(403);
    expect((await say(99, "other")).status).toBe(404);
  });
});
