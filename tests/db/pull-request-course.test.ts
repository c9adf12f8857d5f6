import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { verifyCourses } from "@/lib/facts/course/verify-courses";
import { verifyEffort } from "@/lib/facts/effort/verify-effort";
import { projectPending, rebuildFacts } from "@/lib/facts/project";
import { ensureOrganization } from "@/lib/settings/organizations";
import { BOT, CLAUDE, person } from "@/tests/factories/activity";
import { type CourseSpec, courseEvents } from "@/tests/factories/pull-request-course";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

let organizations = 0;
async function newOrganization(): Promise<{ id: number; slug: string }> {
  organizations += 1;
  const slug = `org-${organizations}`;
  return { id: (await ensureOrganization({ slug })).id, slug };
}

const append = (events: FleetEvent[]) => withTransaction((client) => appendEvents(client, [events]));

interface Course extends Record<string, number | null> {
  number: number;
}

async function coursesIn(orgId: number): Promise<Map<number, Course>> {
  const rows = await query<{ row: Course }>(
    sql`select to_jsonb(c) - 'org_id' - 'repo_id' as row from fact_pull_request_course c
      where org_id = ${orgId} order by number`,
  );
  return new Map(rows.map(({ row }) => [row.number, row]));
}

async function coursesOf(...specs: CourseSpec[]): Promise<Map<number, Course>> {
  const { id } = await newOrganization();
  await append(courseEvents(id, specs));
  await projectPending();
  return coursesIn(id);
}

const MINUTE = 60;
const HOUR = 3600;
const on = (time: string) => `2026-02-02T${time}:00Z`;
const MERGED = { number: 1, mergedAt: on("12:00") };

describe("the stages of a pull request", () => {
  it("without a review: no pickup and no review, and the merge counts from ready", async () => {
    const courses = await coursesOf({ ...MERGED, opened: { at: on("10:00") }, commits: [{ at: on("09:00") }] });
    expect(courses.get(1)).toMatchObject({
      coding_seconds: HOUR,
      pickup_seconds: null,
      review_seconds: null,
      merge_seconds: 2 * HOUR,
      cycle_seconds: 3 * HOUR,
      human_reviews: 0,
      review_rounds: null,
      reworked: null,
    });
  });

  it("never approved: the review lasts until the merge", async () => {
    const reviews = [{ at: on("11:00"), state: "commented" as const }];
    const courses = await coursesOf({ ...MERGED, opened: { at: on("10:00") }, reviews });
    expect(courses.get(1)).toMatchObject({ pickup_seconds: HOUR, review_seconds: HOUR, merge_seconds: 0 });
  });

  it("reviewed as a draft: the wait counts as none, and coding ends when it was ready", async () => {
    const courses = await coursesOf({
      ...MERGED,
      opened: { at: on("08:00"), draft: true },
      ready: on("11:00"),
      reviews: [{ at: on("09:00"), state: "commented" }, { at: on("11:30") }],
    });
    expect(courses.get(1)).toMatchObject({
      coding_seconds: 3 * HOUR,
      pickup_seconds: 0,
      review_seconds: 30 * MINUTE,
      merge_seconds: 30 * MINUTE,
      cycle_seconds: 4 * HOUR,
    });
  });

  it("of a draft that nobody is known to have made ready are not known", async () => {
    const courses = await coursesOf({
      ...MERGED,
      opened: { at: on("08:00"), draft: true },
      reviews: [{ at: on("09:00") }],
    });
    expect(courses.get(1)).toMatchObject({
      cycle_seconds: null,
      coding_seconds: null,
      pickup_seconds: null,
      human_reviews: 1,
    });
  });

  it("are not known of a clone, which does not tell when anything was opened", async () => {
    expect((await coursesOf({ ...MERGED, opened: null })).size).toBe(0);
  });

  it("say how many commits its branch had, without merges", async () => {
    const commits = [{ at: on("09:00") }, { at: on("09:30"), isMerge: true }, { at: on("10:00") }];
    expect((await coursesOf({ ...MERGED, commits })).get(1)?.commits).toBe(2);
  });

  it("do not count reviews by programs, by whoever opened it, or after the merge", async () => {
    const courses = await coursesOf({
      ...MERGED,
      opened: { at: on("10:00") },
      reviews: [
        { at: on("10:10"), by: BOT },
        { at: on("10:20"), by: CLAUDE },
        { at: on("10:30"), by: person("Ada"), state: "commented" },
        { at: on("12:30") },
      ],
    });
    expect(courses.get(1)).toMatchObject({ human_reviews: 0, pickup_seconds: null, intervened: 0 });
  });
});

describe("rework", () => {
  it("is no rebase: commits count by when they were written", async () => {
    const reviews = [{ at: on("10:00"), state: "changes_requested" as const }];
    const rebased = await coursesOf({
      ...MERGED,
      opened: { at: on("08:00") },
      lines: 50,
      commits: [{ at: on("11:00"), written: on("07:00"), lines: 50 }],
      reviews,
    });
    expect(rebased.get(1)).toMatchObject({ reworked: 0, review_rounds: 1 });
  });

  it("is not known where lines are not, and the label outranks everything", async () => {
    const spec: CourseSpec = {
      ...MERGED,
      opened: { at: on("08:00") },
      lines: 50,
      commits: [{ at: on("11:00"), lines: null }],
      reviews: [{ at: on("10:00"), state: "changes_requested" }],
    };
    expect((await coursesOf(spec)).get(1)?.reworked).toBeNull();
    expect((await coursesOf({ ...spec, labels: ["rework:yes"] })).get(1)?.reworked).toBe(1);
    expect((await coursesOf({ ...spec, labels: ["Rework:Yes", "rework:no"] })).get(1)?.reworked).toBe(0);
  });

  it("comes in rounds: changes asked for, then commits", async () => {
    const asked = (at: string) => ({ at, state: "changes_requested" as const });
    const courses = await coursesOf({
      ...MERGED,
      opened: { at: on("06:00") },
      commits: [{ at: on("06:00") }, { at: on("08:30") }, { at: on("08:40") }, { at: on("10:30") }],
      // The second before anything followed the first; the last is not answered.
      reviews: [asked(on("07:00")), asked(on("08:00")), asked(on("10:00")), asked(on("11:00"))],
    });
    expect(courses.get(1)?.review_rounds).toBe(2);
  });
});

describe("who decided", () => {
  it.each<[string, Partial<CourseSpec>, number | null]>([
    ["nobody knows who merged", {}, null],
    ["a person merged", { mergedBy: person("grace") }, 0],
    ["a program merged", { mergedBy: BOT }, 1],
    ["a program set it to merge", { autoMerge: { at: on("11:00"), by: CLAUDE }, mergedBy: person("grace") }, 1],
    ["a person set it to merge", { autoMerge: { at: on("11:00"), by: person("grace") }, mergedBy: BOT }, 0],
    ["a person added it to the queue", { queued: { at: on("11:00"), by: person("grace") }, mergedBy: BOT }, 0],
    ["a program added it to the queue", { queued: { at: on("11:00"), by: CLAUDE }, mergedBy: BOT }, 1],
  ])("%s", async (_, spec, expected) => {
    const courses = await coursesOf({ ...MERGED, opened: { at: on("10:00") }, ...spec });
    expect(courses.get(1)?.auto_merged).toBe(expected);
  });

  it.each<[string, Partial<CourseSpec>, number]>([
    ["approval alone is none", { reviews: [{ at: on("11:00") }] }, 0],
    ["a comment in a review is", { reviews: [{ at: on("11:00"), state: "commented" }] }, 1],
    [
      "a commit by a person on the agent's branch is",
      { commits: [{ at: on("10:00") }, { at: on("11:00"), human: true }] },
      1,
    ],
    [
      "a merge of the base branch by a person is none",
      { commits: [{ at: on("10:00") }, { at: on("11:00"), human: true, isMerge: true }] },
      0,
    ],
  ])("an intervention: %s", async (_, spec, expected) => {
    const courses = await coursesOf({ ...MERGED, opened: { at: on("10:00"), author: CLAUDE }, ...spec });
    expect(courses.get(1)?.intervened).toBe(expected);
  });

  it("an intervention: closing is, unless a program did it", async () => {
    const courses = await coursesOf(
      { number: 1, closedAt: on("12:00"), closedBy: person("grace"), opened: { at: on("10:00"), author: CLAUDE } },
      { number: 2, closedAt: on("12:00"), closedBy: CLAUDE, opened: { at: on("10:00"), author: CLAUDE } },
      { number: 3, mergedAt: on("12:00"), opened: { at: on("10:00"), author: CLAUDE } },
    );
    expect([1, 2, 3].map((number) => courses.get(number)?.intervened)).toEqual([1, 0, 0]);
    expect(courses.get(1)).toMatchObject({ cycle_seconds: null, auto_merged: null, defects_90d: null });
  });
});

describe("what followed", () => {
  it("counts defects within their windows, and knows none before any was ever reported", async () => {
    const { id } = await newOrganization();
    const specs: CourseSpec[] = [
      { number: 1, mergedAt: "2026-01-01T12:00:00Z" },
      { number: 2, mergedAt: "2026-01-02T12:00:00Z" },
    ];
    await append(courseEvents(id, specs));
    await projectPending();
    expect((await coursesIn(id)).get(1)?.defects_90d).toBeNull();
    const defects = [
      { at: "2026-01-31T12:00:00Z" },
      { at: "2026-01-31T12:00:01Z", security: true },
      { at: "2026-04-01T12:00:00Z" },
      { at: "2026-04-01T12:00:01Z" },
      { at: "2026-01-01T11:00:00Z" },
    ];
    await append(courseEvents(id, [{ ...specs[0], number: 1, defects }]));
    await projectPending();
    const courses = await coursesIn(id);
    expect(courses.get(1)).toMatchObject({ defects_30d: 1, defects_90d: 3, security_90d: 1 });
    expect(courses.get(2)).toMatchObject({ defects_30d: 0, defects_90d: 0, security_90d: 0 });
  });

  it("knows of an incident within 30 days of a merge that was deployed, and of none before any was ever told of", async () => {
    const { id } = await newOrganization();
    const mergedAt = "2026-01-01T12:00:00Z";
    const specs: CourseSpec[] = [
      { number: 1, mergedAt, deployedAt: "2026-01-01T13:00:00Z" },
      { number: 2, mergedAt, deployedAt: "2026-01-01T13:00:00Z" },
      { number: 3, mergedAt },
    ];
    await append(courseEvents(id, specs));
    await projectPending();
    expect((await coursesIn(id)).get(1)?.debugged_30d).toBeNull();
    const [first, second, third] = specs as [CourseSpec, CourseSpec, CourseSpec];
    const late = { at: "2026-01-31T12:00:01Z" };
    await append(courseEvents(id, [{ ...first, incidents: [{ at: "2026-01-31T12:00:00Z" }, late] }]));
    await append(courseEvents(id, [{ ...second, incidents: [late] }]));
    await append(courseEvents(id, [{ ...third, incidents: [{ at: "2026-01-02T12:00:00Z" }] }]));
    await projectPending();
    const courses = await coursesIn(id);
    expect([1, 2, 3].map((number) => courses.get(number)?.debugged_30d)).toEqual([1, 0, null]);
  });

  it("watches for deployments from the first one of the repository on", async () => {
    const { id } = await newOrganization();
    const specs: CourseSpec[] = [MERGED, { number: 2, mergedAt: on("13:00") }];
    await append(courseEvents(id, specs));
    await projectPending();
    expect((await coursesIn(id)).get(2)?.deploy_watched).toBeNull();
    await append(courseEvents(id, [{ ...MERGED, deployedAt: on("12:30") }]));
    await projectPending();
    const courses = await coursesIn(id);
    expect(courses.get(1)).toMatchObject({ deploy_watched: 0, deploy_seconds: 30 * MINUTE });
    expect(courses.get(2)).toMatchObject({ deploy_watched: 0, deploy_seconds: null });
  });
});

const times = fc.integer({ min: 0, max: 71 }).map((hours) => new Date(Date.UTC(2026, 1, 2, hours)).toISOString());
const people = fc.constantFrom(person("ada"), person("grace"), BOT, CLAUDE);
const specs = fc.array(
  fc.record(
    {
      mergedAt: times,
      isMerged: fc.boolean(),
      opened: fc.record({ at: times, draft: fc.boolean(), author: people }),
      ready: fc.option(times, { nil: undefined }),
      mergedBy: fc.option(people),
      commits: fc.array(
        fc.record({ at: times, lines: fc.option(fc.nat(40)), human: fc.boolean(), isMerge: fc.boolean() }),
        { maxLength: 4 },
      ),
      reviews: fc.array(
        fc.record({
          at: times,
          by: people,
          state: fc.constantFrom("approved" as const, "changes_requested" as const, "commented" as const),
        }),
        { maxLength: 4 },
      ),
      deployedAt: fc.option(times, { nil: undefined }),
      defects: fc.array(fc.record({ at: times, security: fc.boolean() }), { maxLength: 2 }),
      incidents: fc.array(fc.record({ at: times }), { maxLength: 2 }),
    },
    { requiredKeys: ["mergedAt", "isMerged", "opened", "commits", "reviews"] },
  ),
  { minLength: 1, maxLength: 4 },
);

describe("courses", () => {
  it("are the same whatever came first, how often and in what portions, and add up", async () => {
    await fc.assert(
      fc.asyncProperty(
        specs,
        fc.array(fc.nat(1000), { minLength: 2, maxLength: 4 }),
        fc.nat(),
        async (made, cuts, turn) => {
          const list = made.map(
            ({ isMerged, mergedAt, ...rest }, index): CourseSpec => ({
              ...rest,
              number: index + 1,
              ...(isMerged ? { mergedAt } : { closedAt: mergedAt }),
            }),
          );
          const [once, portions] = [await newOrganization(), await newOrganization()];
          await append(courseEvents(once.id, list));
          await projectPending();
          const events = courseEvents(portions.id, list);
          const turned = [...events.slice(turn % events.length), ...events.slice(0, turn % events.length)];
          const ends = [...cuts.map((cut) => cut % events.length).sort((a, b) => a - b), events.length];
          for (const [index, end] of ends.entries()) {
            await append(turned.slice(Math.max(0, (ends[index - 1] ?? 0) - 2), end));
            await projectPending();
          }
          const [expected, courses] = [await coursesIn(once.id), await coursesIn(portions.id)];
          expect(courses).toEqual(expected);
          for (const course of courses.values()) {
            const stages = ["coding_seconds", "pickup_seconds", "review_seconds", "merge_seconds"].map(
              (name) => course[name] ?? 0,
            );
            if (course.cycle_seconds !== null)
              expect(stages.reduce((sum, stage) => sum + stage)).toBe(course.cycle_seconds);
            expect(Math.min(...stages)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 15 },
    );
    expect((await verifyCourses()).mismatches).toEqual([]);
    expect(await verifyEffort()).toEqual([]);
    const [any] = await query<{ id: number }>(
      sql`update fact_review_effort set seconds = seconds + 1 where (org_id, repo_id, number, reviewer) in (
          select org_id, repo_id, number, reviewer from fact_review_effort limit 1) returning org_id as id`,
    );
    expect(await verifyEffort()).toEqual([{ orgId: any?.id, repo: null, tables: ["fact_review_effort"] }]);
  });

  it("that were changed by hand are found, and made right by a rebuild", async () => {
    const { id } = await newOrganization();
    await append(courseEvents(id, [{ ...MERGED, opened: { at: on("10:00") } }]));
    await projectPending();
    await execute(sql`update fact_pull_request_course set human_reviews = 7 where org_id = ${id}`);
    expect((await verifyCourses()).mismatches).toEqual([
      { orgId: id, repo: "app", tables: ["fact_pull_request_course"] },
    ]);
    await rebuildFacts();
    expect((await verifyCourses()).mismatches).toEqual([]);
    expect((await coursesIn(id)).get(1)?.human_reviews).toBe(0);
  });

  it("go with their pull request", async () => {
    const { id } = await newOrganization();
    await append(courseEvents(id, [{ ...MERGED, opened: { at: on("10:00") } }]));
    await projectPending();
    await execute(sql`delete from fact_pull_request where org_id = ${id}`);
    await projectPending();
    expect((await coursesIn(id)).size).toBe(0);
  });
});

describe("issues that are closed", () => {
  const feature = (issue: number, updatedAt?: string) => ({
    issue,
    labels: ["type: feature"],
    ...(updatedAt && { updatedAt }),
  });
  const features = (courses: Map<number, Course>) => [...courses.values()].map((course) => course.features);

  it("count a feature with the last that closes it, whoever came first", async () => {
    const second = { number: 2, mergedAt: on("13:00"), issues: [feature(9), feature(10)] };
    expect(features(await coursesOf({ ...MERGED, issues: [feature(9)] }, second))).toEqual([null, 2]);
    const { id } = await newOrganization();
    // The first of them is said to close it once the course of the second stands, and the other way round.
    const late = { ...second, issues: [feature(9)] };
    const seen: unknown[] = [];
    for (const issues of [{}, { issues: [feature(9)] }]) {
      await append(
        courseEvents(id, [{ ...MERGED, ...issues }, issues.issues === undefined ? { ...second, issues: [] } : late]),
      );
      await projectPending();
      seen.push(features(await coursesIn(id)));
    }
    await append(
      courseEvents(id, [
        { ...MERGED, issues: [feature(10)] },
        { ...late, issues: [feature(10)] },
      ]),
    );
    await projectPending();
    seen.push(features(await coursesIn(id)));
    expect(seen).toEqual([
      [null, null],
      [null, 1],
      [null, 2],
    ]);
    expect((await verifyCourses()).mismatches).toEqual([]);
  });

  it("count one that says of itself that it is a feature, unless it closes one", async () => {
    const titled = { ...MERGED, title: "feat(api)!: export" };
    expect(features(await coursesOf(titled))).toEqual([1]);
    expect(features(await coursesOf({ ...MERGED, labels: ["Enhancement"] }))).toEqual([1]);
    const other = { number: 2, mergedAt: on("13:00"), issues: [feature(9)] };
    expect(features(await coursesOf({ ...titled, issues: [feature(9)] }, other))).toEqual([null, 1]);
    expect(features(await coursesOf({ ...MERGED, title: "Feature flags", labels: ["featured"] }))).not.toContain(1);
  });

  it("count as they stood at their last change, whatever comes last", async () => {
    const { id } = await newOrganization();
    const newer = { issue: 9, labels: ["question"], updatedAt: "2026-01-03T00:00:00Z" };
    await append(courseEvents(id, [{ ...MERGED, issues: [newer, feature(9, "2026-01-02T00:00:00Z")] }]));
    await projectPending();
    expect(features(await coursesIn(id))).not.toContain(1);
  });

  it("make a fix of what closes a defect, where deployments are told of", async () => {
    const bug = [{ issue: 4, labels: ["kind/bug"] }];
    const told = await coursesOf(
      { ...MERGED, deployedAt: on("14:00"), issues: bug },
      { number: 2, mergedAt: on("13:00") },
    );
    expect(told.get(1)?.fix_watched).toBe(0);
    expect(told.get(2)?.fix_watched).toBeNull();
    expect((await coursesOf({ ...MERGED, opened: { at: on("10:00") }, issues: bug })).get(1)?.fix_watched).toBeNull();
  });
});
