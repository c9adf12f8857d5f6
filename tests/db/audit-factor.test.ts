import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import type { AuthorKind, Category } from "@/lib/core/dimensions";
import { runMetricsQuery } from "@/lib/metrics/query";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { type FactInput, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { expectGolden, readGoldenCases } from "@/tests/golden/case";
import { FACTOR_GROUPS } from "@/tests/golden/sql-groups";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const PERIOD = { from: "2026-01-01", to: "2026-04-01" };

async function ask(org: string, more: Partial<MetricsQueryInput> = {}): Promise<MetricRow[]> {
  const { filters, ...rest } = more;
  const { results } = await runMetricsQuery(
    SYSTEM_SCOPE,
    metricsQuerySchema.parse({ metrics: ["audit_factor"], ...PERIOD, filters: { org: [org], ...filters }, ...rest }),
  );
  return results[0]?.rows ?? [];
}

const HOUR = 3600;

describe("golden cases of the audit factor", () => {
  const arm = z.object({ review_hours: z.number(), effective_lines: z.number() });
  const inputs = z.object({ agent: arm, human: arm });

  const cases = readGoldenCases().filter(({ group }) => FACTOR_GROUPS.has(group));
  it.each(cases.map((entry) => [entry.id, entry] as const))("%s", async (id, entry) => {
    const given = inputs.parse(entry.inputs);
    const slug = id.replaceAll(/[._]/g, "-");
    const org = await insertOrg(slug);
    const repo = await insertRepo(org, "app", { completeTo: "2026-03-31T00:00:00Z" });
    // In three equal parts each, so that no pull request is out of the ordinary.
    const facts = (["agent", "human"] as const).flatMap((kind, index) =>
      [1, 2, 3].map(
        (part): FactInput => ({
          number: index * 3 + part,
          mergedAt: "2026-02-02T12:00:00Z",
          kind,
          effectiveLines: given[kind].effective_lines / 3,
          course: { effort_seconds: (given[kind].review_hours * HOUR) / 3 },
        }),
      ),
    );
    await insertFacts(org, repo, facts);
    const [row] = await ask(slug);
    const per100 = (secondsPerLine = Number.NaN) => (secondsPerLine * 100) / HOUR;
    expectGolden(
      {
        agent_h_per_100: per100(row?.factor?.agents),
        human_h_per_100: per100(row?.factor?.people),
        audit_factor: row?.value,
      },
      entry,
    );
  });
});

describe("the audit factor", () => {
  const TEAMS = ["blue", "green"];
  const CATEGORIES = ["documentation", "bug_fix_isolated", "security_critical"] as const satisfies Category[];
  const KINDS = ["agent", "assisted", "human", "automation"] as const satisfies AuthorKind[];
  const [fleet = []] = fc.sample(
    fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 28 }),
        month: fc.integer({ min: 1, max: 3 }),
        kind: fc.constantFrom(...KINDS),
        category: fc.constantFrom(...CATEGORIES),
        team: fc.constantFrom(null, ...TEAMS),
        effectiveLines: fc.constantFrom(null, 0, 40, 300, 1200),
        effort: fc.constantFrom(null, 0, 300, 1800, 5400),
      }),
      { minLength: 300, maxLength: 300 },
    ),
    { numRuns: 1, seed: 5 },
  );

  beforeAll(async () => {
    const org = await insertOrg("acme");
    const repo = await insertRepo(org, "app", { completeTo: "2026-03-31T00:00:00Z" });
    const ids = new Map<string | null, number | null>([[null, null]]);
    for (const team of TEAMS) ids.set(team, await insertTeam(org, team));
    await insertFacts(
      org,
      repo,
      fleet.map(({ category, day, effectiveLines, effort, kind, month, team }, index) => ({
        number: index + 1,
        mergedAt: `2026-0${month}-${String(day).padStart(2, "0")}T12:00:00Z`,
        kind,
        category,
        exclusion: kind === "automation" ? "automation" : "none",
        teamId: ids.get(team) ?? null,
        effectiveLines,
        course: { effort_seconds: effort },
      })),
    );
  });

  /** The same by adding up one pull request at a time. */
  function plainly(some: typeof fleet): { n: number; value: number | null; crude: number | null } {
    const known = some.filter(
      ({ effectiveLines, effort, kind }) => kind !== "automation" && effectiveLines !== null && effort !== null,
    );
    const sum = (by: "effort" | "effectiveLines", people: boolean, category?: Category) =>
      known
        .filter((one) => (one.kind === "human") === people && (category === undefined || one.category === category))
        .reduce((total, one) => total + (one[by] ?? 0), 0);
    const per = (people: boolean, category?: Category) =>
      sum("effort", people, category) / sum("effectiveLines", people, category);
    const shared = CATEGORIES.filter((one) => [true, false].every((people) => sum("effectiveLines", people, one) > 0));
    const lines = (category: Category) =>
      sum("effectiveLines", true, category) + sum("effectiveLines", false, category);
    const standardised = (people: boolean) =>
      shared.reduce((total, category) => total + lines(category) * per(people, category), 0);
    const value = standardised(false) / standardised(true);
    return {
      n: known.length,
      value: Number.isFinite(value) ? value : null,
      crude: Number.isFinite(value) ? per(false) / per(true) : null,
    };
  }

  const expectRow = (row: MetricRow | undefined, some: typeof fleet) => {
    const { crude, n, value } = plainly(some);
    expect(row?.n).toBe(n);
    if (value === null) expect(row?.value).toBeNull();
    else {
      expect(row?.value).toBeCloseTo(value, 9);
      expect(row?.factor?.crude).toBeCloseTo(crude ?? Number.NaN, 9);
      expect(row?.lo).toBeLessThanOrEqual(value);
      expect(row?.hi).toBeGreaterThanOrEqual(value);
    }
  };

  it("is what adding up one by one gives: of all, by team, by task, by month and through a filter", async () => {
    expectRow((await ask("acme"))[0], fleet);
    for (const row of await ask("acme", { groupBy: ["team"] })) {
      expectRow(
        row,
        fleet.filter(({ team }) => (team ?? "unassigned") === row.group.team),
      );
    }
    for (const row of await ask("acme", { groupBy: ["category"] })) {
      expectRow(
        row,
        fleet.filter(({ category }) => category === row.group.category),
      );
    }
    const months = await ask("acme", { grain: "month" });
    expect(months).toHaveLength(3);
    for (const [index, row] of months.entries()) {
      expectRow(
        row,
        fleet.filter(({ month }) => month === index + 1),
      );
    }
    expectRow(
      (await ask("acme", { filters: { team: ["blue"], category: ["documentation"] } }))[0],
      fleet.filter(({ category, team }) => team === "blue" && category === "documentation"),
    );
  });

  it("counts what it leaves out, and has no value where one side is chosen", async () => {
    const [row] = await ask("acme");
    const unknown = fleet.filter(
      ({ effectiveLines, effort, kind }) => kind !== "automation" && (effectiveLines === null || effort === null),
    );
    expect(row?.excluded.unknown_reviews).toBe(unknown.length);
    const [chosen] = await ask("acme", { filters: { authorKind: ["agent"] } });
    expect(chosen).toMatchObject({
      value: null,
      reason: "agents are held against people: clear the filter by who wrote them",
    });
  });
});
