import { describe, expect, it } from "vitest";
import { z } from "zod";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { ensureOrganization } from "@/lib/settings/organizations";
import { person } from "@/tests/factories/activity";
import { type FactInput, insertFacts, insertOrg, insertRepo } from "@/tests/factories/facts";
import { type CourseSpec, courseEvents } from "@/tests/factories/pull-request-course";
import { expectGolden, readGoldenCases } from "@/tests/golden/case";
import { SQL_GROUPS } from "@/tests/golden/sql-groups";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const instant = z.iso.datetime({ offset: true });
const slugOf = (id: string) => id.toLowerCase().replaceAll("_", "-");

/** Takes events in, as any source would bring them. @returns the organisation's id */
async function take(slug: string, specs: readonly CourseSpec[], completeTo?: string): Promise<number> {
  const { id } = await ensureOrganization({ slug });
  await withTransaction((client) => appendEvents(client, [courseEvents(id, specs, completeTo)]));
  await projectPending();
  return id;
}

/** The row of each metric over all that an organisation has. */
async function ask<Name extends string>(slug: string, metrics: readonly Name[]): Promise<Record<Name, MetricRow>> {
  const { results } = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({ metrics: [...metrics], from: "2000-01-01", to: "2100-01-01", filters: { org: [slug] } }),
  );
  return Object.fromEntries(results.map(({ metric, rows }) => [metric, rows[0]])) as Record<Name, MetricRow>;
}

const wilson = ({ hi, k, lo, n, value }: MetricRow) => ({ k, n, rate: value, wilson95: [lo, hi] });

const cycleTimeInputs = z.union([
  z.object({
    first_commit: instant,
    ready: instant,
    first_review: instant,
    approved: instant,
    merged: instant,
    deployed: instant,
  }),
  z.object({ delegated: instant, pr: instant, review: instant, team: instant, merge: instant }),
]);

/** What the case article says that its author worked of the elapsed time; nothing that is measured. */
const STATED_ACTIVE_MINUTES = 45;

async function cycleTime(id: string, inputs: unknown) {
  const given = cycleTimeInputs.parse(inputs);
  const [started, ready, first, approved, merged, deployed] =
    "pr" in given
      ? [given.delegated, given.pr, given.review, given.team, given.merge, undefined]
      : [given.first_commit, given.ready, given.first_review, given.approved, given.merged, given.deployed];
  const orgId = await take(slugOf(id), [
    {
      number: 1,
      commits: [{ at: started }],
      opened: { at: ready },
      reviews: [{ at: first, state: "commented" }, { at: approved }],
      mergedAt: merged,
      ...(deployed !== undefined && { deployedAt: deployed }),
    },
  ]);
  const [course] = await query<Record<string, number | null>>(
    sql`select * from fact_pull_request_course where org_id = ${orgId}`,
  );
  const minutes = (name: string) => (course?.[`${name}_seconds`] ?? 0) / 60;
  const stages = {
    coding: minutes("coding"),
    pickup: minutes("pickup"),
    review: minutes("review"),
    merge: minutes("merge"),
  };
  return {
    ...stages,
    deploy: minutes("deploy"),
    total: minutes("cycle") + minutes("deploy"),
    delegate_to_pr: stages.coding,
    review_to_team_review: stages.review,
    team_review_to_merge: stages.merge,
    elapsed_minutes: minutes("cycle"),
    stated_active_minutes: STATED_ACTIVE_MINUTES,
  };
}

const reworkInputs = z.object({
  // The rule's own figures: a case with others would be about another rule.
  theta: z.literal(0.2),
  min_lines: z.literal(10),
  prs: z.array(
    z.object({
      id: z.number(),
      merged: z.boolean(),
      human_review: z.boolean(),
      changes_requested: z.boolean(),
      post_lines: z.number(),
      final_lines: z.number(),
      human_lines: z.number(),
      override: z.enum(["rework", "no_rework"]).nullable(),
    }),
  ),
});
const OVERRIDES = { rework: "rework:yes", no_rework: "rework:no" } as const;

async function rework(id: string, inputs: unknown) {
  const { prs } = reworkInputs.parse(inputs);
  const specs = prs.map((pr, index): CourseSpec => {
    const ended = new Date(Date.UTC(2026, 1, 2, 12, 0, index)).toISOString();
    const commit = (at: string, lines: number, human = false) => (lines > 0 ? [{ at, lines, human }] : []);
    return {
      number: pr.id,
      ...(pr.merged ? { mergedAt: ended } : { closedAt: ended, closedBy: person("grace") }),
      opened: { at: "2026-02-02T08:00:00Z" },
      lines: pr.final_lines,
      labels: pr.override === null ? [] : [OVERRIDES[pr.override]],
      commits: [
        { at: "2026-02-02T07:00:00Z", lines: Math.max(0, pr.final_lines - pr.post_lines) },
        ...commit("2026-02-02T11:00:00Z", pr.post_lines),
        ...commit("2026-02-02T09:00:00Z", pr.human_lines, true),
      ],
      reviews: pr.human_review
        ? [{ at: "2026-02-02T10:00:00Z", state: pr.changes_requested ? "changes_requested" : "commented" }]
        : [],
    };
  });
  const orgId = await take(slugOf(id), specs, "2026-03-02T00:00:00Z");
  const courses = await query<{ number: number; reworked: number | null; reviewed: boolean; merged: boolean }>(
    sql`select c.number, c.reworked, c.human_reviews > 0 as reviewed, f.number is not null as merged
      from fact_pull_request_course c left join fact_pull_request f using (org_id, repo_id, number)
      where c.org_id = ${orgId}`,
  );
  const rows = await ask(slugOf(id), ["pr_rework_rate", "rejection_rate", "first_pass_yield"]);
  const merged = courses.filter((course) => course.merged);
  const covered = merged.filter(({ reviewed }) => reviewed).length;
  return {
    flags: Object.fromEntries(courses.map(({ number, reworked }) => [String(number), reworked === 1])),
    pr_rework_rate: wilson(rows.pr_rework_rate),
    rejection_rate: wilson(rows.rejection_rate),
    first_pass_yield: wilson(rows.first_pass_yield),
    review_coverage: { k: covered, n: merged.length, rate: covered / merged.length },
  };
}

const repositoryOf = async (slug: string): Promise<[org: number, repo: number]> => {
  const org = await insertOrg(slug);
  return [org, await insertRepo(org, "app", { completeTo: "2026-12-31T00:00:00Z" })];
};

async function autoMerge(id: string, inputs: unknown) {
  const given = z
    .object({ agent_merged: z.number(), auto_merge_event: z.number(), no_human_review: z.number() })
    .parse(inputs);
  const [org, repo] = await repositoryOf(slugOf(id));
  await insertFacts(
    org,
    repo,
    Array.from(
      { length: given.agent_merged },
      (_, index): FactInput => ({
        number: index + 1,
        mergedAt: "2026-02-02T12:00:00Z",
        kind: "agent",
        course: {
          auto_merged: Number(index < given.auto_merge_event),
          human_reviews: Number(index >= given.no_human_review),
        },
      }),
    ),
  );
  const rows = await ask(slugOf(id), ["auto_merge_rate", "unreviewed_merge_rate"]);
  const { hi, lo, value } = rows.unreviewed_merge_rate;
  return { auto_merge_rate: rows.auto_merge_rate.value, unreviewed_merge_rate: value, wilson95: [lo, hi] };
}

const densityInputs = z.object({
  prs: z.array(
    z.object({
      additions_effective: z.number(),
      defects_90d_explicit: z.number(),
      defects_90d_inferred: z.number(),
    }),
  ),
});

async function defectDensity(id: string, inputs: unknown) {
  const { prs } = densityInputs.parse(inputs);
  const densityOf = async (slug: string, defects: (pr: (typeof prs)[number]) => number) => {
    const [org, repo] = await repositoryOf(slug);
    await insertFacts(
      org,
      repo,
      prs.map(
        (pr, index): FactInput => ({
          number: index + 1,
          mergedAt: "2026-02-02T12:00:00Z",
          effectiveLines: pr.additions_effective,
          course: { defects_90d: defects(pr) },
        }),
      ),
    );
    return (await ask(slug, ["defect_density_90d"])).defect_density_90d;
  };
  const explicit = await densityOf(slugOf(id), (pr) => pr.defects_90d_explicit);
  const all = await densityOf(`${slugOf(id)}-all`, (pr) => pr.defects_90d_explicit + pr.defects_90d_inferred);
  return {
    explicit_per_kloc: explicit.value,
    incl_inferred_per_kloc: all.value,
    garwood95_explicit: [explicit.lo, explicit.hi],
  };
}

async function churn(id: string, inputs: unknown) {
  const { prs } = z.object({ prs: z.array(z.object({ added: z.int(), gone_or_changed_21d: z.int() })) }).parse(inputs);
  const specs = prs.map(({ added, gone_or_changed_21d: gone }, index): CourseSpec => {
    const files = [
      { path: `src/${index}.ts`, lines: added, gone14d: 0, gone21d: gone },
      // Nobody wrote the lines of what is generated.
      { path: "package-lock.json", lines: 900, gone14d: 900, gone21d: 900 },
    ];
    return { number: index + 1, mergedAt: `2026-02-0${index + 1}T12:00:00Z`, churn: files };
  });
  await take(slugOf(id), specs, "2026-04-01T00:00:00Z");
  return { rate: (await ask(slugOf(id), ["code_churn_21d"])).code_churn_21d.value };
}

const reviewHoursInputs = z.object({
  params: z.object({
    gap_min: z.literal(30),
    rate_loc_per_h: z.literal(400),
    lead_min: z.literal(5),
    lead_max: z.literal(60),
    revisit: z.literal(5),
    cap_per_pr_session: z.literal(90),
  }),
  effective_lines: z.record(z.string(), z.number()),
  events: z.array(z.object({ reviewer: z.string(), at: instant, pr: z.string() })),
});

async function reviewHours(id: string, inputs: unknown) {
  const { effective_lines: lines, events } = reviewHoursInputs.parse(inputs);
  const names = Object.keys(lines);
  const first = Math.min(...events.map(({ at }) => Date.parse(at)));
  const last = Math.max(...events.map(({ at }) => Date.parse(at)));
  const specs = names.map(
    (name, index): CourseSpec => ({
      number: index + 1,
      opened: { at: new Date(first - 3_600_000).toISOString() },
      mergedAt: new Date(last + 3_600_000 * (index + 1)).toISOString(),
      lines: lines[name] ?? 0,
      commits: [{ at: new Date(first - 7_200_000).toISOString() }],
      reviews: events
        .filter(({ pr }) => pr === name)
        .map(({ at, reviewer }) => ({ at, by: person(reviewer), state: "commented" as const })),
    }),
  );
  const orgId = await take(slugOf(id), specs);
  const rows = await query<{ number: number; effort: number }>(
    sql`select number, effort_seconds as effort from fact_pull_request_course where org_id = ${orgId}`,
  );
  const minutes = rows.map(({ effort, number }) => [names[number - 1] ?? "", effort / 60]);
  return {
    minutes: Object.fromEntries(minutes),
    hours_total: (await ask(slugOf(id), ["review_hours"])).review_hours.value,
  };
}

const answers: Readonly<Record<string, (id: string, inputs: unknown) => Promise<unknown>>> = {
  cycle_time: cycleTime,
  rework,
  automerge: autoMerge,
  churn_21d: churn,
  defect_density: defectDensity,
  review_hours: reviewHours,
};

describe("golden cases of how pull requests went", () => {
  it("have an answer for each group that is left to them", () => {
    expect(Object.keys(answers).sort()).toEqual([...SQL_GROUPS].sort());
  });

  const cases = readGoldenCases().filter(({ group }) => SQL_GROUPS.has(group));
  it.each(cases.map((entry) => [entry.group, entry.id, entry] as const))("%s %s", async (group, id, entry) => {
    expectGolden(await answers[group]?.(id, entry.inputs), entry);
  });
});
