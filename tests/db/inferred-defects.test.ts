import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { type FleetEvent, type PayloadOf, pullRequestSubject } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const DAY = 86_400_000;
const START = Date.parse("2026-01-01T09:00:00Z");
const on = (day: number) => new Date(START + day * DAY).toISOString();
const END = "2026-06-30T00:00:00Z";

/** Merged by day: 1 to 4 and 8 bring lines, 10 to 15 are fixes. */
const MERGED: Record<number, number> = {
  1: 1,
  2: 2,
  3: 3,
  4: 4,
  8: 30,
  10: 40,
  11: 41,
  12: 42,
  13: 43,
  14: 44,
  15: 45,
  16: 46,
};

interface Fix {
  number: number;
  issue: number;
  opened: number;
  files: { path: string; lines: number; owners: [number: number, lines: number][] }[];
  causedBy?: number;
}
const FIXES: Fix[] = [
  // Half of the lines and more than anybody else.
  {
    number: 10,
    issue: 100,
    opened: 20,
    files: [
      {
        path: "src/a.ts",
        lines: 10,
        owners: [
          [1, 5],
          [2, 3],
        ],
      },
    ],
  },
  // Two brought half each: nobody.
  {
    number: 11,
    issue: 101,
    opened: 20,
    files: [
      {
        path: "src/a.ts",
        lines: 4,
        owners: [
          [2, 2],
          [3, 2],
        ],
      },
    ],
  },
  // Fewer than half.
  { number: 12, issue: 102, opened: 20, files: [{ path: "src/a.ts", lines: 9, owners: [[3, 4]] }] },
  // What was merged after the issue was opened is left out of the lines: 3 of 4.
  {
    number: 13,
    issue: 103,
    opened: 20,
    files: [
      {
        path: "src/a.ts",
        lines: 9,
        owners: [
          [3, 3],
          [8, 5],
        ],
      },
    ],
  },
  // It names its cause itself.
  { number: 14, issue: 104, opened: 20, files: [{ path: "src/a.ts", lines: 2, owners: [[4, 2]] }], causedBy: 2 },
  // Tests and generated files are nobody's defect; found after 50 days.
  {
    number: 15,
    issue: 105,
    opened: 51,
    files: [
      { path: "src/b.test.ts", lines: 50, owners: [[4, 50]] },
      { path: "src/b.ts", lines: 2, owners: [[1, 2]] },
    ],
  },
  // The same issue as the first fix: what fixed it first counts.
  { number: 16, issue: 100, opened: 20, files: [{ path: "src/a.ts", lines: 2, owners: [[4, 2]] }] },
];

function eventsOf(orgId: number): FleetEvent[] {
  const line = new HistoryFactory(orgId, "app");
  line.land({ title: "start", at: "2020-01-01T00:00:00Z" });
  for (const [number, day] of Object.entries(MERGED)) {
    line.land({ title: `Change ${number}`, number: Number(number), at: on(day), files: [`src/${number}.ts`] });
  }
  const base = { orgId, source: "test", repo: "app", actor: null };
  const about = FIXES.flatMap(({ causedBy = null, files, issue, number, opened }): FleetEvent[] => {
    const traced: PayloadOf<"fix.traced"> = {
      number,
      files: files.map(({ lines, owners, path }) => ({
        path,
        lines,
        owners: owners.map(([owner, count]) => ({ number: owner, lines: count, mergedAt: on(MERGED[owner] ?? 0) })),
      })),
    };
    const link: PayloadOf<"pull_request.issue_linked"> = {
      number,
      issue,
      assigned: [],
      labelled: [{ label: "bug", by: null }],
      updatedAt: on(opened),
    };
    const defect: PayloadOf<"defect.opened"> = {
      defect: `github:app#${issue}`,
      title: "It is broken",
      severity: "medium",
      security: false,
      causedByNumber: causedBy,
    };
    const subject = pullRequestSubject("app", number);
    return [
      {
        ...base,
        id: `t:${number}:traced`,
        kind: "fix.traced",
        subject,
        occurredAt: on(MERGED[number] ?? 0),
        payload: traced,
      },
      {
        ...base,
        id: `t:${number}:linked`,
        kind: "pull_request.issue_linked",
        subject,
        occurredAt: on(opened),
        payload: link,
      },
      {
        ...base,
        id: `t:defect:${issue}`,
        kind: "defect.opened",
        subject: `defect:${issue}`,
        occurredAt: on(opened),
        payload: defect,
      },
    ] as FleetEvent[];
  });
  const seen = new Set<string>();
  return [...line.events(END), ...about].filter(({ id }) => !seen.has(id) && seen.add(id));
}

const courses = async (orgId: number) =>
  query<{ number: number; all30: number | null; all90: number | null }>(
    sql`select number, all_defects_30d as all30, all_defects_90d as all90 from fact_pull_request_course
      where org_id = ${orgId} and number < 10 order by number`,
  );
const EXPECTED = [
  // Of issue 100 within 30 days, and of issue 105 after 50.
  { number: 1, all30: 1, all90: 2 },
  // It is named by issue 104.
  { number: 2, all30: 1, all90: 1 },
  { number: 3, all30: 1, all90: 1 },
  { number: 4, all30: 0, all90: 0 },
  { number: 8, all30: 0, all90: 0 },
];
let orgId = 0;

beforeAll(async () => {
  orgId = (await ensureOrganization({ slug: "acme" })).id;
  await withTransaction((client) => appendEvents(client, [eventsOf(orgId)]));
  await projectPending();
});

describe("defects that are inferred from their fixes", () => {
  it("come from whoever brought at least half of the lines that the fix changes", async () => {
    expect(await courses(orgId)).toEqual(EXPECTED);
  });

  it("are a figure beside the one of those that name their cause", async () => {
    const { results } = await runMetricsQuery(
      SYSTEM_SCOPE,
      metricsQuerySchema.parse({
        metrics: ["defect_density_90d", "defect_density_90d_inferred", "defect_density_30d_inferred"],
        from: "2026-01-01",
        to: "2026-02-01",
        filters: { org: ["acme"] },
      }),
    );
    expect(results.map(({ rows }) => [rows[0]?.k, rows[0]?.exposure])).toEqual([
      [1, 0.05],
      [4, 0.05],
      [3, 0.05],
    ]);
  });

  it("are the same in whatever order things become known, after a rebuild, and for verify", async () => {
    for (const [slug, turn] of [
      ["backwards", (events: FleetEvent[]) => events.toReversed()],
      [
        "mixed",
        (events: FleetEvent[]) =>
          events.toSorted((a, b) => (a.id.length % 7) - (b.id.length % 7) || (a.id < b.id ? 1 : -1)),
      ],
    ] as const) {
      const other = (await ensureOrganization({ slug })).id;
      const events = turn(eventsOf(other));
      for (let at = 0; at < events.length; at += 5) {
        await withTransaction((client) => appendEvents(client, [events.slice(at, at + 5)]));
        await projectPending();
      }
      expect(await courses(other), slug).toEqual(EXPECTED);
    }
    expect(await verifyCourses()).toMatchObject({ mismatches: [] });
    await rebuildFacts();
    expect(await courses(orgId)).toEqual(EXPECTED);
  });

  it("are not known where no fix was traced", async () => {
    const untraced = (await ensureOrganization({ slug: "untraced" })).id;
    const events = eventsOf(untraced).filter(({ kind }) => kind !== "fix.traced");
    await withTransaction((client) => appendEvents(client, [events]));
    await projectPending();
    expect((await courses(untraced)).map(({ all30, all90 }) => [all30, all90])).toEqual(MERGED_UNKNOWN);
    const { results } = await runMetricsQuery(
      SYSTEM_SCOPE,
      metricsQuerySchema.parse({
        metrics: ["defect_density_90d_inferred"],
        from: "2026-01-01",
        to: "2026-02-01",
        filters: { org: ["untraced"] },
      }),
    );
    expect(results[0]?.rows[0]).toMatchObject({ value: null, n: 0, excluded: { not_traced: 5 } });
  });
});

const MERGED_UNKNOWN = Array.from({ length: 5 }, () => [null, null]);
