import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { POST } from "@/app/api/v1/coverage/route";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { migrateJobs } from "@/lib/jobs/worker";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { courseEvents } from "@/tests/factories/pull-request-course";
import { expectGolden, readGoldenCases } from "@/tests/golden/case";
import { COVERAGE_GROUPS } from "@/tests/golden/sql-groups";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

const database = useTestDatabase();

const slugOf = (id: string) => id.replaceAll(/[._]/g, "-");

async function newOrg(slug: string, numbers: readonly number[]): Promise<number> {
  const { id } = await ensureOrganization({ slug });
  const specs = numbers.map((number) => ({ number, mergedAt: `2026-02-0${number}T12:00:00Z`, opened: null }));
  await withTransaction((client) => appendEvents(client, [courseEvents(id, specs, "2026-03-31T00:00:00Z")]));
  await projectPending();
  return id;
}

beforeAll(async () => {
  await migrateJobs(database.url);
  await newOrg("acme", [1, 2]);
});

/** A report of one file, of whose lines the first ones were run. */
const lcov = (covered: number, total: number) =>
  [
    "SF:src/a.ts",
    ...Array.from({ length: total }, (_, line) => `DA:${line + 1},${line < covered ? 1 : 0}`),
    "end_of_record",
  ].join("\n");
/** A change that adds lines from one on. */
const adding = (from: number, count: number) =>
  ["+++ b/src/a.ts", `@@ -${from},0 +${from},${count} @@`, ...Array<string>(count).fill("+line")].join("\n");

const report = (body: object) =>
  call(POST, "/api/v1/coverage", { body: { repository: "acme/app", number: 1, ...body } });

async function ask(slug: string): Promise<Record<"coverage_delta_pp" | "patch_coverage", MetricRow | undefined>> {
  await projectPending();
  const { results } = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({
      metrics: ["coverage_delta_pp", "patch_coverage"],
      from: "2026-01-01",
      to: "2026-04-01",
      filters: { org: [slug] },
    }),
  );
  return { coverage_delta_pp: results[0]?.rows[0], patch_coverage: results[1]?.rows[0] };
}

describe("golden cases of coverage", () => {
  const cases = readGoldenCases().filter(({ group }) => COVERAGE_GROUPS.has(group));
  const lines = z.object({ covered: z.int(), total: z.int() });

  it.each(cases.map((entry) => [entry.id, entry] as const))("%s", async (id, entry) => {
    const { base, head } = z.object({ base: lines, head: lines }).parse(entry.inputs);
    const slug = slugOf(id);
    await newOrg(slug, [1]);
    // What the head has more is what was changed: so many lines, of which so many more are run.
    const [added, run] = [head.total - base.total, head.covered - base.covered];
    const answer = await report({
      repository: `${slug}/app`,
      head: lcov(head.covered, head.total),
      base: lcov(base.covered, base.total),
      diff: adding(head.covered - run + 1, added),
    });
    const measured = (await answer.json()) as { head: typeof head; base: typeof base };
    const percent = ({ covered, total }: typeof head) => (100 * covered) / total;
    const { coverage_delta_pp: delta, patch_coverage: patch } = await ask(slug);
    // The number that is kept has two places behind the point; the case has more.
    expect(delta?.value).toBeCloseTo(percent(measured.head) - percent(measured.base), 2);
    expectGolden(
      {
        base_pct: percent(measured.base),
        head_pct: percent(measured.head),
        delta_pp: percent(measured.head) - percent(measured.base),
        patch_pct: (patch?.value ?? Number.NaN) * 100,
      },
      entry,
    );
  });
});

describe("what CI reports", () => {
  it("is measured, kept and counted; the last measurement speaks, whatever comes last", async () => {
    expect((await ask("acme")).patch_coverage).toMatchObject({
      value: null,
      reason: "no coverage was reported for all 2 pull requests",
    });
    const late = { at: "2026-02-01T10:00:00Z", head: lcov(60, 100), base: lcov(50, 100), diff: adding(51, 20) };
    expect(await (await report(late)).json()).toEqual({
      head: { covered: 60, total: 100 },
      base: { covered: 50, total: 100 },
      patch: { covered: 10, total: 20 },
    });
    await report({ at: "2026-02-01T09:00:00Z", head: lcov(10, 100), base: lcov(50, 100), diff: adding(1, 20) });
    await report(late);
    const known = await ask("acme");
    expect(known.coverage_delta_pp).toMatchObject({ value: 10, n: 1, excluded: { unknown_coverage: 1 } });
    expect(known.patch_coverage).toMatchObject({ value: 0.5, n: 1 });
    const [events] = await query<{ count: number }>(
      sql`select count(*)::integer as count from event where kind = 'coverage.reported' and subject = 'pull_request:app#1'
        and org_id = (select id from organization where slug = 'acme')`,
    );
    expect(events?.count).toBe(2);
  });

  it("falls as well as it rises, and is the same when all facts are made again", async () => {
    await report({ number: 2, at: "2026-02-02T10:00:00Z", head: lcov(20, 100), base: lcov(50, 100) });
    const before = await ask("acme");
    expect(before.coverage_delta_pp).toMatchObject({ value: -10, n: 2 });
    expect(before.patch_coverage).toMatchObject({ value: 0.5, n: 1 });
    await rebuildFacts();
    expect(await ask("acme")).toEqual(before);
    expect((await verifyCourses()).mismatches).toEqual([]);
  });

  it.each([
    [{ head: "" }, "/head", "must not be empty"],
    [{ head: "nothing" }, "/head", "no report of lcov, Cobertura or JaCoCo"],
    [{ head: lcov(1, 2), base: "<coverage>" }, "/base", "no well-formed XML"],
    [{ head: lcov(1, 2), number: 0 }, "/number", ""],
    [{ head: lcov(1, 2), at: "yesterday" }, "/at", ""],
  ])("is refused with %j", async (body, pointer, detail) => {
    const answer = await report(body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ pointer, detail: expect.stringContaining(detail) });
  });

  it("may be larger than other bodies, and is of a repository that is there", async () => {
    const large = `${lcov(1, 2)}\n${"TN:padding\n".repeat(200_000)}`;
    expect(large.length).toBeGreaterThan(2_000_000);
    expect((await report({ head: large, at: "2026-01-01T00:00:00Z" })).status).toBe(200);
    const nowhere = await report({ repository: "acme/nothing", head: lcov(1, 2) });
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toMatchObject({ pointer: "/repository" });
  });
});
