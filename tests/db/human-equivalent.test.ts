import { describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { getPool } from "@/lib/db/pool";
import { runMetricsQuery } from "@/lib/metrics/query";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { setRolloutPhases } from "@/lib/settings/rollout-phases";
import { enterRoster } from "@/lib/settings/roster-entry/enter-roster";
import { type FactInput, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const DAY_MS = 86_400_000;
const day = (date: string, plus = 0) => new Date(Date.parse(`${date}T12:00:00Z`) + plus * DAY_MS).toISOString();

async function ask(slug: string, more: Partial<MetricsQueryInput> = {}): Promise<MetricRow | undefined> {
  const query = metricsQuerySchema.parse({
    metrics: ["human_equivalent_devs"],
    from: "2026-05-04",
    to: "2026-06-01",
    filters: { org: [slug] },
    ...more,
  });
  return (await runMetricsQuery(SYSTEM_SCOPE, query)).results[0]?.rows[0];
}

/** Agent pull requests of May: so many a day, each with an hour of review. */
const ofMay = (perDay: number, more: Partial<FactInput> = {}): FactInput[] =>
  Array.from({ length: 28 * perDay }, (_, index) => ({
    number: 10_000 + index,
    mergedAt: day("2026-05-04", Math.floor(index / perDay)),
    kind: "agent" as const,
    course: { effort_seconds: 3600 },
    ...more,
  }));

describe("developers who would merge as much", () => {
  it("are safe pull requests a week by an assumed baseline, less the developers who review", async () => {
    const org = await insertOrg("assumed");
    const repo = await insertRepo(org, "app", { completeTo: "2026-07-01T00:00:00Z" });
    const rolledBack = { number: 9000, mergedAt: day("2026-05-05"), kind: "agent" as const, rollbackSeconds: 3600 };
    await insertFacts(org, repo, [...ofMay(4), { ...rolledBack, course: { effort_seconds: 3600 } }]);
    const row = await ask("assumed");
    // Four a day in four weeks: 28 a week; 28 hours of review a week.
    expect(row).toMatchObject({ k: 112, n: 113, exposure: 4, method: "garwood" });
    expect(row?.value).toBeCloseTo(28 / 8 - 28 / 40, 12);
    expect(row?.equivalent).toEqual({ baseline: 8, isMeasured: false, gross: 3.5, reviewHours: 28 });
    expect(row?.lo).toBeLessThan(row?.value ?? 0);
    expect(row?.hi).toBeGreaterThan(row?.value ?? 0);
  });

  it("are not known of what is too young, nor where reviews are not", async () => {
    const org = await insertOrg("young");
    const repo = await insertRepo(org, "app", { completeTo: "2026-05-18T00:00:00Z" });
    await insertFacts(org, repo, ofMay(1).slice(0, 14));
    const young = await ask("young");
    // Of the first seven days a week has passed, and an hour.
    expect(young).toMatchObject({ k: 7, immature: 7 });
    expect(young?.exposure).toBeCloseTo((7 - 1 / 24) / 7, 12);
    const unknown = await insertOrg("unknown");
    const clone = await insertRepo(unknown, "app", { completeTo: "2026-07-01T00:00:00Z" });
    await insertFacts(unknown, clone, ofMay(1, { course: {} }));
    expect(await ask("unknown")).toMatchObject({ value: null, reason: "reviews are unknown for all 28 pull requests" });
  });

  it("are held against what people merged in the thirteen weeks before the teams began", async () => {
    const org = await insertOrg("measured");
    const repo = await insertRepo(org, "app", { completeTo: "2026-07-01T00:00:00Z" });
    const team = await insertTeam(org, "payments");
    await enterRoster("measured", [
      ...["ada", "bo"].map((login, index) => ({
        line: index,
        team: "payments",
        login,
        email: null,
        name: null,
        from: null,
        to: null,
        fte: 1000,
        seniority: null,
      })),
    ]);
    await setRolloutPhases(getPool(), { orgId: org, teamId: team }, [
      { phase: "planning", startsOn: "2025-12-01" },
      { phase: "pilot", startsOn: "2026-04-06" },
    ]);
    // Two people, 13 weeks, two pull requests a week: one each. What came before and after is not in it, nor what agents did.
    const before = Array.from({ length: 13 * 2 + 4 }, (_, index) => ({
      number: index + 1,
      mergedAt: day("2026-01-05", index < 26 ? Math.floor(index / 2) * 7 : index),
      kind: "human" as const,
      teamId: team,
    }));
    const others: FactInput[] = [
      { number: 500, mergedAt: day("2025-12-01"), kind: "human", teamId: team },
      { number: 501, mergedAt: day("2026-04-08"), kind: "human", teamId: team },
      { number: 502, mergedAt: day("2026-02-03"), kind: "agent", teamId: team },
      { number: 503, mergedAt: day("2026-02-03"), kind: "human", teamId: null },
    ];
    await insertFacts(org, repo, [...before, ...others, ...ofMay(4)]);
    const row = await ask("measured");
    expect(row?.equivalent?.isMeasured).toBe(true);
    expect(row?.equivalent?.baseline).toBeCloseTo(30 / 26, 12);
    expect(row?.value).toBeCloseTo(28 / (30 / 26) - 28 / 40, 12);
    // Another team said nothing of when it began.
    await insertTeam(org, "search");
    expect((await ask("measured", { filters: { org: ["measured"], team: ["search"] } }))?.equivalent).toBeUndefined();
  });
});
