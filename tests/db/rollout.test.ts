import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { getPool } from "@/lib/db/pool";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { runMetricsQuery } from "@/lib/metrics/query";
import { readRollout } from "@/lib/metrics/rollout/read-rollout";
import { runEffect } from "@/lib/metrics/rollout/run-effect";
import { runPilot } from "@/lib/metrics/rollout/run-pilot";
import { effectQuerySchema, pilotAnswerSchema, pilotQuerySchema } from "@/lib/metrics/rollout/schema";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import { setRolloutPhases } from "@/lib/settings/rollout-phases";
import { type FactInput, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const DAY_MS = 86_400_000;
const scope = mintScope({ ...SYSTEM_SCOPE, personFields: true });
/** Monday of the first week; the pilot begins with the eleventh. */
const START = Date.parse("2025-09-01T00:00:00Z");
const BEFORE = 10;
const AFTER = 8;
/** Pull requests a week before and after, and hours of review of each. */
const TEAMS: Record<string, { adopts: boolean; before: number; after: number; hours: [number, number] }> = {
  alpha: { adopts: true, before: 5, after: 9, hours: [8, 4] },
  beta: { adopts: true, before: 6, after: 11, hours: [10, 6] },
  gamma: { adopts: true, before: 4, after: 7, hours: [6, 3] },
  delta: { adopts: true, before: 8, after: 12, hours: [12, 5] },
  kappa: { adopts: false, before: 5, after: 6, hours: [8, 8] },
  lambda: { adopts: false, before: 7, after: 9, hours: [9, 8] },
  mu: { adopts: false, before: 6, after: 6, hours: [10, 11] },
  nu: { adopts: false, before: 4, after: 5, hours: [7, 6] },
};
const PEOPLE = 6;

beforeAll(async () => {
  const org = await insertOrg("acme");
  const repo = await insertRepo(org, "app", {
    completeTo: new Date(START + (BEFORE + AFTER) * 7 * DAY_MS - 1).toISOString(),
  });
  const facts: FactInput[] = [];
  for (const [index, [slug, { adopts, after, before, hours }]] of Object.entries(TEAMS).entries()) {
    const team = await insertTeam(org, slug);
    for (let person = 0; person < PEOPLE; person += 1) {
      await execute(sql`insert into team_member (org_id, team_id, person_id, valid_from)
        values (${org}, ${team}, ${index * PEOPLE + person + 1}, 'epoch')`);
    }
    await setRolloutPhases(getPool(), { orgId: org, teamId: team }, [
      { phase: "planning", startsOn: "2025-10-06" },
      // By Tuesday of the week the pilot of some begins, by Thursday of the next that of the others.
      ...(adopts ? [{ phase: "pilot" as const, startsOn: index % 2 === 0 ? "2025-11-11" : "2025-11-13" }] : []),
    ]);
    for (let week = 0; week < BEFORE + AFTER; week += 1) {
      const isAfter = week >= BEFORE;
      for (let nth = 0; nth < (isAfter ? after : before); nth += 1) {
        facts.push({
          number: facts.length + 1,
          mergedAt: new Date(START + week * 7 * DAY_MS + (nth % 5) * DAY_MS + 12 * 3_600_000).toISOString(),
          kind: adopts && isAfter && nth % 2 === 0 ? "agent" : "human",
          teamId: team,
          personId: index * PEOPLE + (nth % PEOPLE) + 1,
          course: { review_seconds: hours[isAfter ? 1 : 0] * 3600 },
        });
      }
    }
  }
  await insertFacts(org, repo, facts);
});

const effect = (metric: string) =>
  runEffect(scope, effectQuerySchema.parse({ metric, wave: "2025-11-11", filters: { org: ["acme"] } }));

describe("the rollout", () => {
  it("tells each team's phases, when agents were used first, and the wave that began", async () => {
    const { asOf, teams, waves } = await readRollout(scope, { org: ["acme"] });
    expect(asOf).toBe("2026-01-04T23:59:59.999Z");
    expect(teams.map(({ adoptedOn, phase, team }) => [team, phase, adoptedOn])).toEqual([
      ["alpha", "pilot", "2025-11-11"],
      ["beta", "pilot", "2025-11-13"],
      ["delta", "pilot", "2025-11-13"],
      ["gamma", "pilot", "2025-11-11"],
      ["kappa", "planning", null],
      ["lambda", "planning", null],
      ["mu", "planning", null],
      ["nu", "planning", null],
    ]);
    const [alpha] = teams;
    // The first, third and fifth of its people have every other pull request, and all six have one in 28 days.
    expect(alpha).toMatchObject({ firstUse: "2025-11-10", adoption: { k: 3, n: 6, value: 0.5 }, signs: [] });
    expect(teams.at(-1)).toMatchObject({ firstUse: null });
    expect(waves).toEqual([
      {
        from: "2025-11-11",
        to: "2025-11-13",
        treated: ["alpha", "gamma", "beta", "delta"],
        control: ["kappa", "lambda", "mu", "nu"],
        before: { from: "2025-09-01", to: "2025-11-10" },
        after: { from: "2025-11-17", to: "2026-01-05" },
        reason: null,
      },
    ]);
  });

  it("is compared with what changed anyway: each team's change, those who began less those who had not", async () => {
    const { effect: found, reason, teams, weeks } = await effect("prs_per_engineer_week");
    expect(reason).toBeNull();
    expect(teams[0]).toEqual({
      team: "alpha",
      arm: "treated",
      before: expect.closeTo(5 / 6, 9),
      after: expect.closeTo(1.5, 9),
    });
    // Changes per engineer-week of 4, 3, 5, 4 against 1, 2, 0, 1 per team of six: 4 − 1 pull requests of six people.
    expect(found?.estimate).toBeCloseTo(3 / 6, 9);
    expect(found?.relative).toBeCloseTo(3 / 6 / ((23 / 4 + 1) / 6), 9);
    // Each of the 70 choices: only this one and its opposite are as far apart.
    expect(found).toMatchObject({ isExact: true, mayBeSignificant: true, treated: 4, control: 4 });
    expect(found?.p).toBeCloseTo(2 / 70, 9);
    // Variances of the changes 2/3 each, four teams a side: se √(1/3) of a pull request, 6 degrees of freedom.
    const half = (2.446911851144969 * Math.sqrt(1 / 3)) / 6;
    expect(found?.lo).toBeCloseTo(0.5 - half, 9);
    expect(found?.hi).toBeCloseTo(0.5 + half, 9);
    expect(weeks).toHaveLength(18);
    for (const { difference, isBefore } of weeks) expect(difference).toBeCloseTo(isBefore ? 0 : 0.5, 9);
  });

  it("is a figure of the registry: the effect of the last wave that is over by then, or why there is none", async () => {
    const figure = async (to: string, more: Partial<MetricsQueryInput> = {}) => {
      const asked = { metrics: ["did_effect"], from: "2025-09-01", to, filters: { org: ["acme"] }, ...more };
      return (await runMetricsQuery(scope, metricsQuerySchema.parse(asked))).results[0]?.rows ?? [];
    };
    const { effect: found } = await effect("prs_per_engineer_week");
    const [row] = await figure("2026-01-05");
    expect(row).toMatchObject({ value: found?.estimate, lo: found?.lo, hi: found?.hi, method: "welch", n: 8 });
    expect(row?.effect).toEqual({
      wave: "2025-11-11",
      treated: 4,
      control: 4,
      relative: found?.relative,
      p: found?.p,
      smallestP: found?.smallestP,
      mayBeSignificant: true,
    });
    expect(await figure("2026-01-05", { groupBy: ["org"] })).toEqual([{ ...row, group: { org: "acme" } }]);
    // Before anybody began.
    expect((await figure("2025-11-01"))[0]).toMatchObject({
      value: null,
      reason: "nobody has entered which teams began with agents by then",
    });
    const narrowed = await figure("2026-01-05", { filters: { org: ["acme"], category: ["documentation"] } });
    expect(narrowed[0]?.reason).toBe("teams are held against teams: clear the filter by task");
  });

  it("is of the teams of a filter, as their waves are", async () => {
    const some = { org: ["acme"], team: ["alpha", "beta", "gamma", "kappa", "lambda", "mu"] };
    const { waves } = await readRollout(scope, some);
    const { effect: found, wave } = await runEffect(
      scope,
      effectQuerySchema.parse({ metric: "prs_per_engineer_week", wave: "2025-11-11", filters: some }),
    );
    expect(wave).toEqual(waves[0]);
    // Changes of 4, 3 and 5 against 1, 2 and 0 pull requests of six people.
    expect(found).toMatchObject({ treated: 3, control: 3, mayBeSignificant: false, estimate: expect.closeTo(0.5, 9) });
    expect(found?.smallestP).toBeCloseTo(0.1, 12);
  });

  it("of times is a ratio", async () => {
    const { effect: found, isRatio } = await effect("stage_review");
    expect(isRatio).toBe(true);
    const logs = (adopts: boolean) =>
      Object.values(TEAMS).flatMap((team) => (team.adopts === adopts ? Math.log(team.hours[1] / team.hours[0]) : []));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(found?.estimate).toBeCloseTo(Math.exp(mean(logs(true)) - mean(logs(false))), 9);
    expect(found?.relative).toBeCloseTo((found?.estimate ?? 0) - 1, 9);
  });

  it("says where there is nothing to compare", async () => {
    expect(await effect("defect_density_90d")).toMatchObject({
      effect: null,
      reason: "only 0 of the teams that began and 0 of those that had not have both a before and an after",
    });
    await expect(
      runEffect(scope, effectQuerySchema.parse({ metric: "prs_merged_week", wave: "2025-11-12", filters: {} })),
    ).rejects.toMatchObject({ pointer: "/wave" });
    expect(effectQuerySchema.safeParse({ metric: "nothing", wave: "2025-11-11" }).success).toBe(false);
  });

  it("is of the teams that a scope sees alone", async () => {
    const { teams, waves } = await readRollout(mintScope({ ...SYSTEM_SCOPE, teams: [] }), {});
    expect([teams, waves]).toEqual([[], []]);
  });
});

describe("a pilot, before it begins", () => {
  const pilot = (more: object) =>
    runPilot(
      scope,
      pilotQuerySchema.parse({
        metric: "prs_merged_week",
        teams: ["alpha", "beta", "gamma", "delta"],
        weeks: 8,
        filters: { org: ["acme"] },
        ...more,
      }),
    );

  it("is told the smallest effect that it could see, from what teams change by anyway", async () => {
    // Changes 4, 5, 3, 4, 1, 2, 0, 1: variance 22 / 7; t of 6 degrees of freedom: 2.446912 and 0.905703.
    const answer = pilotAnswerSchema.parse(await pilot({}));
    const smallest = (2.446912 + 0.905703) * Math.sqrt((22 / 7) * (1 / 4 + 1 / 4));
    expect(answer).toMatchObject({ from: "2025-09-15", to: "2026-01-05", treated: 4, control: 4, isRatio: false });
    expect(answer.detectable).toBeCloseTo(smallest, 5);
    expect(answer.relative).toBeCloseTo(smallest / (65 / 8), 5);
    expect(answer).toMatchObject({ mayBeSignificant: true, reason: null });
  });

  it("sees less with fewer teams, and speaks of times as factors", async () => {
    const fewer = await pilot({ teams: ["alpha", "beta"] });
    expect(fewer).toMatchObject({ treated: 2, control: 6, mayBeSignificant: false });
    expect(fewer.detectable ?? 0).toBeGreaterThan((await pilot({})).detectable ?? Number.POSITIVE_INFINITY);
    const times = await pilot({ metric: "stage_review" });
    expect(times.isRatio).toBe(true);
    expect(times.detectable ?? 0).toBeGreaterThan(1);
    expect(times.relative).toBeCloseTo((times.detectable ?? 0) - 1, 12);
  });

  it("says why it cannot be told", async () => {
    expect(await pilot({ weeks: 26 })).toMatchObject({ detectable: null, reason: "the data hold less than 52 weeks" });
    expect(await pilot({ teams: ["alpha"] })).toMatchObject({
      detectable: null,
      reason: expect.stringMatching(/^1 of/),
    });
    await expect(pilot({ teams: ["alpha", "nobody"] })).rejects.toMatchObject({ pointer: "/teams/1" });
  });
});
