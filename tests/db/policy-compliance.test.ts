import { describe, expect, it } from "vitest";
import { z } from "zod";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { checksOf } from "@/lib/core/policy";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { person } from "@/tests/factories/activity";
import { type CourseSpec, courseEvents } from "@/tests/factories/pull-request-course";
import { readGoldenCases } from "@/tests/golden/case";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

/** Takes events in portions of so many, in their order or the other way round. */
async function take(slug: string, specs: readonly CourseSpec[], { backwards = false } = {}): Promise<number> {
  const { id } = await ensureOrganization({ slug });
  const events = courseEvents(id, specs, "2026-09-01T00:00:00Z");
  const halves = [events.slice(0, events.length / 2), events.slice(events.length / 2)];
  for (const half of backwards ? halves.reverse() : halves) {
    await withTransaction((client) => appendEvents(client, [half]));
    await projectPending();
  }
  return id;
}

/** The checks that each pull request fails; null where one cannot be told. */
async function failedChecks(orgId: number): Promise<Record<number, string[] | null>> {
  const rows = await query<{ number: number; violations: number | null }>(
    sql`select number, violations from fact_pull_request_course where org_id = ${orgId} order by number`,
  );
  return Object.fromEntries(
    rows.map(({ number, violations }) => [number, violations === null ? null : checksOf(violations)]),
  );
}

const MERGED = "2026-02-02T12:00:00Z";
const DOCS = { files: ["docs/guide.md"], title: "docs: explain" };
const FIX = { files: ["src/list.ts"], title: "fix: the total" };
const SENSITIVE = { files: ["src/auth/token.ts"], title: "fix: tokens" };
const FEATURE = { files: ["src/list.ts"], title: "feat: a list" };
/** Merged half an hour after its first review, which came half an hour after it was ready. */
const work = (number: number, spec: Partial<CourseSpec>): CourseSpec => ({
  number,
  mergedAt: MERGED,
  mergedBy: person("grace"),
  opened: { at: "2026-02-02T11:00:00Z" },
  commits: [{ at: "2026-02-02T10:00:00Z" }],
  ...spec,
});
const passed = (...names: string[]) => names.map((name) => ({ at: "2026-02-02T11:20:00Z", name }));
const DOCS_GATES = passed("Check links", "spelling");
const FIX_GATES = passed("unit tests", "regression", "CodeQL", "performance", "codecov/patch");
const approvedBy = (...names: string[]) => names.map((name) => ({ at: "2026-02-02T11:30:00Z", by: person(name) }));

describe("the policy that is shipped", () => {
  it("is held against each merged pull request of agents, check by check", async () => {
    const specs: CourseSpec[] = [
      work(1, { ...DOCS, checks: DOCS_GATES }),
      work(2, { ...DOCS, checks: passed("Check links") }),
      work(3, {
        ...DOCS,
        checks: [...DOCS_GATES, { at: "2026-02-02T11:50:00Z", name: "lychee", conclusion: "failure" }],
      }),
      // What failed first and passed then is passed; what came after the merge says nothing.
      work(4, {
        ...DOCS,
        checks: [
          { at: "2026-02-02T11:10:00Z", name: "spelling", conclusion: "failure" },
          ...DOCS_GATES,
          { at: "2026-02-02T12:10:00Z", name: "spelling", conclusion: "failure" },
        ],
      }),
      work(5, { ...FIX, checks: FIX_GATES }),
      work(6, { ...FEATURE }),
      work(7, { ...FEATURE, reviews: approvedBy("grace") }),
      // An approval of an earlier commit is none of the last one; the author's is none at all.
      work(8, { ...FEATURE, reviews: approvedBy("grace"), commits: [{ at: "2026-02-02T11:45:00Z" }] }),
      work(9, { ...FEATURE, reviews: approvedBy("ada") }),
      work(10, { ...FEATURE, reviews: approvedBy("grace"), mergedBy: { ...person("robot"), type: "bot" } }),
      work(11, { ...FEATURE, opened: { at: "2026-02-02T06:00:00Z" }, reviews: approvedBy("grace") }),
      work(12, { ...SENSITIVE, reviews: approvedBy("grace") }),
      work(13, { ...SENSITIVE, reviews: approvedBy("grace", "linus") }),
      work(14, { ...FEATURE, opened: null }),
      work(15, { ...FEATURE, commits: [{ at: "2026-02-02T10:00:00Z", human: true }] }),
    ];
    const expected = {
      1: [],
      2: null,
      3: ["gates"],
      4: [],
      5: [],
      6: ["auto_merge_not_allowed", "approval_missing"],
      7: [],
      8: ["approval_missing"],
      9: ["auto_merge_not_allowed", "approval_missing"],
      10: ["auto_merge_not_allowed"],
      11: ["review_late"],
      12: ["sensitive_two_reviewers"],
      // Nothing tells who is of the security team.
      13: null,
      14: null,
      15: null,
    };
    const orgId = await take("acme", specs);
    expect(await failedChecks(orgId)).toEqual(expected);
    expect(await failedChecks(await take("backwards", specs, { backwards: true }))).toEqual(expected);
    await rebuildFacts();
    expect(await failedChecks(orgId)).toEqual(expected);
    expect((await verifyCourses()).mismatches).toEqual([]);

    const { results } = await runMetricsQuery(
      SYSTEM_SCOPE,
      metricsQuerySchema.parse({
        metrics: ["compliance_rate"],
        from: "2026-01-01",
        to: "2026-08-01",
        filters: { org: ["acme"] },
      }),
    );
    expect(results[0]?.rows[0]).toMatchObject({ k: 4, n: 11, excluded: { not_evaluable: 3 }, method: "wilson" });
  });

  it("answers the golden case by its facts, but for the security team, which no fact tells of", async () => {
    const entry = readGoldenCases().find(({ id }) => id === "compliance.six_prs");
    const { prs } = z
      .object({
        prs: z.array(
          z.object({
            id: z.int(),
            category: z.enum(["documentation", "bug_fix_isolated", "security_critical", "unclassified"]),
            approvals: z.int(),
            gates_ok: z.boolean().nullable(),
          }),
        ),
      })
      .parse(entry?.inputs);
    const kinds = { documentation: DOCS, bug_fix_isolated: FIX, security_critical: SENSITIVE, unclassified: FEATURE };
    const gates = { documentation: DOCS_GATES, bug_fix_isolated: FIX_GATES, security_critical: [], unclassified: [] };
    const specs = prs.map(({ approvals, category, gates_ok: gatesOk, id }) =>
      work(id, {
        ...kinds[category],
        reviews: approvedBy(...["grace", "linus"].slice(0, approvals)),
        checks:
          gatesOk === null
            ? []
            : gates[category].map((check) => ({ ...check, conclusion: gatesOk ? "success" : "failure" })),
      }),
    );
    const told = await failedChecks(await take("golden", specs));
    const { violations } = z.object({ violations: z.record(z.string(), z.array(z.string())) }).parse(entry?.expected);
    const expected = Object.entries(violations).map(([id, checks]) => [
      id,
      checks.some((check) => check.endsWith(":not_evaluable")) ? null : checks,
    ]);
    expect(told).toEqual({ ...Object.fromEntries(expected), 4: null });
  });
});

describe("findings and defects before the merge", () => {
  it("count what each scanner found first when it was ready, and defects by when they were found", async () => {
    const at = (minute: number) => `2026-02-02T11:${minute}:00Z`;
    const specs: CourseSpec[] = [
      work(1, {
        opened: { at: at(10), draft: true },
        ready: at(30),
        lines: 500,
        scans: [
          { at: at(15), tool: "CodeQL", findings: 9 },
          { at: at(35), tool: "CodeQL", findings: 3 },
          { at: at(45), tool: "CodeQL", findings: 1 },
          // Of one that never ran again the last before.
          { at: at(12), tool: "Semgrep", findings: 7 },
          { at: at(20), tool: "Semgrep", findings: 2 },
        ],
        defects: [
          { at: at(40), beforeMerge: true },
          { at: at(41), beforeMerge: true },
          { at: "2026-03-20T00:00:00Z" },
          { at: "2026-05-20T00:00:00Z" },
        ],
      }),
      work(2, { lines: 500, scans: [{ at: at(20), tool: "CodeQL", findings: 0 }] }),
      work(3, { lines: 500, scans: [{ at: "2026-02-02T13:00:00Z", tool: "CodeQL", findings: 4 }] }),
    ];
    const slug = "scanned";
    await take(slug, specs, { backwards: true });
    const metrics = ["sast_findings_density", "pre_merge_catch_rate", "defect_density_90d"];
    const ask = async () => {
      const { results } = await runMetricsQuery(
        SYSTEM_SCOPE,
        metricsQuerySchema.parse({ metrics, from: "2026-01-01", to: "2026-08-01", filters: { org: [slug] } }),
      );
      return results.map(({ rows }) => rows[0]);
    };
    const [findings, caught, density] = await ask();
    // 3 and 2 in 1,000 lines of two pull requests; the third was scanned when it was merged already.
    expect(findings).toMatchObject({
      k: 5,
      exposure: 1,
      value: 5,
      n: 2,
      excluded: { not_scanned: 1 },
      method: "garwood",
    });
    // Two before and one within 90 days after; the last came too late.
    expect(caught).toMatchObject({ k: 2, n: 3, value: 2 / 3, flags: ["few"], method: "wilson" });
    expect(density).toMatchObject({ k: 1 });
    await rebuildFacts();
    expect(await ask()).toEqual([findings, caught, density]);
  });

  it("are not known where nothing is recorded before a merge", async () => {
    await take("after", [work(1, { defects: [{ at: "2026-03-20T00:00:00Z" }] })]);
    const { results } = await runMetricsQuery(
      SYSTEM_SCOPE,
      metricsQuerySchema.parse({
        metrics: ["pre_merge_catch_rate"],
        from: "2026-01-01",
        to: "2026-08-01",
        filters: { org: ["after"] },
      }),
    );
    expect(results[0]?.rows[0]).toMatchObject({
      value: null,
      reason: expect.stringContaining("what is found before a merge is not recorded"),
    });
  });
});
