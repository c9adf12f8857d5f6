import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import type { AuthorKind } from "@/lib/core/dimensions";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { runMetricsQuery } from "@/lib/metrics/query";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { type FactInput, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { expectGolden, readGoldenCases } from "@/tests/golden/case";
import { PEOPLE_GROUPS } from "@/tests/golden/sql-groups";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const DAY_MS = 86_400_000;
const withPersons = mintScope({ ...SYSTEM_SCOPE, personFields: true });

async function ask(org: string, metric: string, more: Partial<MetricsQueryInput> = {}): Promise<MetricRow[]> {
  const { filters, ...rest } = more;
  const { results } = await runMetricsQuery(
    withPersons,
    metricsQuerySchema.parse({
      metrics: [metric],
      from: "2026-01-01",
      to: "2026-04-01",
      filters: { org: [org], ...filters },
      ...rest,
    }),
  );
  return results[0]?.rows ?? [];
}

const member = (org: number, team: number, person: number, from: string, to: string | null, fte = 1) =>
  execute(sql`insert into team_member (org_id, team_id, person_id, valid_from, valid_to, fte)
    values (${org}, ${team}, ${person}, ${from}, ${to}, ${fte})`);

describe("golden cases of adoption", () => {
  const inputs = z.object({ roster_active: z.int(), with_agent_activity_28d: z.int() });
  const cases = readGoldenCases().filter(({ group }) => PEOPLE_GROUPS.has(group));

  it.each(cases.map((entry) => [entry.id, entry] as const))("%s", async (id, entry) => {
    const { roster_active: active, with_agent_activity_28d: withAgents } = inputs.parse(entry.inputs);
    const slug = id.replaceAll(/[._]/g, "-");
    const org = await insertOrg(slug);
    const repo = await insertRepo(org, "app", { completeTo: "2026-03-31T00:00:00Z" });
    const of = (person: number, number: number, kind: AuthorKind, mergedAt: string): FactInput => ({
      number,
      personId: person,
      kind,
      mergedAt,
    });
    await insertFacts(
      org,
      repo,
      Array.from({ length: active }, (_, person) => [
        of(person + 1, 2 * person + 1, "human", "2026-03-20T12:00:00Z"),
        // Those who do not work with agents now have done so before.
        of(person + 1, 2 * person + 2, "agent", person < withAgents ? "2026-03-04T12:00:00Z" : "2026-03-02T12:00:00Z"),
      ]).flat(),
    );
    const [row] = await ask(slug, "adoption_rate");
    expectGolden({ rate: row?.value, wilson95: [row?.lo, row?.hi] }, entry);
    expect(row).toMatchObject({ k: withAgents, n: active });
  });
});

describe("people", () => {
  const TEAMS = ["blue", "green"];
  const KINDS = ["agent", "assisted", "human"] as const;
  const START = Date.parse("2026-01-01T00:00:00Z");
  const [fleet = []] = fc.sample(
    fc.array(
      fc.record({
        minute: fc.nat({ max: 89 * 1440 }),
        kind: fc.constantFrom(...KINDS),
        team: fc.constantFrom(null, ...TEAMS),
        person: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 25 })),
        mask: fc.constantFrom(1n, 2n, 3n),
        exclusion: fc.constantFrom("none", "none", "none", "release"),
      }),
      { minLength: 250, maxLength: 250 },
    ),
    { numRuns: 1, seed: 11 },
  );
  const END = "2026-03-26T15:00:00Z";
  const instant = ({ minute }: (typeof fleet)[number]) => START + minute * 60_000;

  beforeAll(async () => {
    const org = await insertOrg("acme");
    const repo = await insertRepo(org, "app", { completeTo: END });
    await execute(
      sql`insert into agent (code, key, name) values (0, 'one', 'One'), (1, 'two', 'Two') on conflict do nothing`,
    );
    const ids = new Map<string | null, number>();
    for (const team of TEAMS) ids.set(team, await insertTeam(org, team));
    await insertFacts(
      org,
      repo,
      fleet.map((one, index) => ({
        number: index + 1,
        mergedAt: new Date(instant(one)).toISOString(),
        kind: one.kind,
        exclusion: one.exclusion as "none" | "release",
        agentMask: one.kind === "human" ? 0n : one.mask,
        teamId: ids.get(one.team) ?? null,
        personId: one.person,
      })),
    );
    const [blue, green] = [ids.get("blue") ?? 0, ids.get("green") ?? 0];
    await member(org, blue, 1, "epoch", null);
    await member(org, blue, 2, "2026-01-12T00:00:00Z", "2026-02-02T00:00:00Z", 0.5);
    await member(org, blue, 3, "2026-02-04T12:00:00Z", null, 0.8);
    // In both teams for more than a week a week.
    await member(org, green, 1, "2026-02-02T00:00:00Z", "2026-03-02T00:00:00Z", 0.6);
    await member(org, green, 2, "2026-01-19T00:00:00Z", null, 0.4);
  });

  /** The same by looking at everybody anew for every instant. */
  function adoptionBefore(end: number, of: (one: (typeof fleet)[number]) => boolean, agent: bigint | null) {
    const active = fleet.filter(
      (one) => one.exclusion === "none" && of(one) && instant(one) < end && instant(one) >= end - 28 * DAY_MS,
    );
    const named = active.filter(({ person }) => person !== null);
    const using = named.filter(({ kind, mask }) => kind !== "human" && (agent === null || (mask & agent) !== 0n));
    const distinct = (some: typeof fleet) => new Set(some.map(({ person }) => person)).size;
    return { n: distinct(named), k: distinct(using), unnamed: active.length - named.length };
  }

  const seen = ({ excluded, k, n }: MetricRow) => ({ n, k, unnamed: excluded.not_on_roster ?? 0 });
  const hidden = (of: { n: number; k: number; unnamed: number }) => ({ ...of, k: of.n < 5 ? null : of.k });

  it("are counted once each in the 28 days before the end of every week, by team and by agent", async () => {
    const weeks = await ask("acme", "adoption_rate", { grain: "week", timeZone: "UTC" });
    expect(weeks).toHaveLength(14);
    const ends = weeks.map(({ bucket }) => Math.min(Date.parse(bucket ?? "") + 7 * DAY_MS, Date.parse(END)));
    expect(weeks.slice(0, 13).map(seen)).toEqual(
      ends.slice(0, 13).map((end) => hidden(adoptionBefore(end, () => true, null))),
    );
    // The last week begins after the data end.
    expect(weeks[13]).toMatchObject({ value: null, reason: "no data: the data end on 2026-03-26" });

    const byTeam = await ask("acme", "adoption_rate", { grain: "week", groupBy: ["team"], timeZone: "UTC" });
    for (const row of byTeam.filter(({ bucket }) => bucket !== weeks[13]?.bucket)) {
      const end = Math.min(Date.parse(row.bucket ?? "") + 7 * DAY_MS, Date.parse(END));
      const team = row.group.team === "unassigned" ? null : row.group.team;
      expect(seen(row)).toEqual(hidden(adoptionBefore(end, (one) => one.team === team, null)));
    }

    const [whole] = await ask("acme", "adoption_rate", {});
    const byAgent = await ask("acme", "adoption_rate", { groupBy: ["agent"] });
    const asOf = Date.parse(END);
    expect(whole && seen(whole)).toEqual(adoptionBefore(asOf, () => true, null));
    const keys = new Map<string, bigint>([
      ["one", 1n],
      ["two", 2n],
    ]);
    for (const row of byAgent) {
      expect(seen(row)).toEqual(adoptionBefore(asOf, () => true, keys.get(row.group.agent ?? "") ?? null));
    }
    const [one] = await ask("acme", "adoption_rate", { filters: { agent: ["one"] } });
    expect(one && seen(one)).toEqual(adoptionBefore(asOf, () => true, 1n));
  });

  it("are not known after the data end", async () => {
    for (const grain of [null, "month"] as const) {
      const later = await ask("acme", "adoption_rate", { from: "2026-04-01", to: "2026-06-01", grain });
      expect(later).not.toEqual([]);
      for (const row of later) {
        expect(row).toMatchObject({ value: null, n: 0, reason: "no data: the data end on 2026-03-26" });
      }
    }
  });

  it("are not shown by fewer than five, and not by what they have not", async () => {
    const rows = await ask("acme", "adoption_rate", { grain: "day", groupBy: ["team"] });
    const few = rows.filter(({ n }) => n !== null && n > 0 && n < 5);
    expect(few.length).toBeGreaterThan(5);
    for (const row of few) {
      expect(row).toMatchObject({ value: null, k: null, lo: null, reason: expect.stringContaining("about persons") });
    }
    expect(await ask("acme", "adoption_rate", { filters: { repo: ["acme/app"] } })).toMatchObject([
      { value: null, reason: "people are in teams, not in repositories: clear the filter by repository" },
    ]);
    await expect(ask("acme", "adoption_rate", { groupBy: ["category"] })).rejects.toMatchObject({
      pointer: "/groupBy/0",
    });
  });

  /** Working weeks by walking through the days. */
  function weeksBefore(spans: [from: string, to: string, fte: number][][], from: string, to: string): number {
    let days = 0;
    for (let at = Date.parse(from); at < Date.parse(to); at += DAY_MS) {
      if (new Date(at).getUTCDay() % 6 === 0) continue;
      for (const person of spans) {
        const fte = person.reduce(
          (sum, [since, until, share]) => (at >= Date.parse(since) && at < Date.parse(until) ? sum + share : sum),
          0,
        );
        days += Math.min(1, fte);
      }
    }
    return days / 5;
  }
  const EVER = "2100-01-01";
  const BLUE: [string, string, number][][] = [
    [["1970-01-01", EVER, 1]],
    [["2026-01-12", "2026-02-02", 0.5]],
    [["2026-02-05", EVER, 0.8]],
  ];
  const GREEN: [string, string, number][][] = [[["2026-02-02", "2026-03-02", 0.6]], [["2026-01-19", EVER, 0.4]]];
  const BOTH: [string, string, number][][] = [
    [...(BLUE[0] ?? []), ...(GREEN[0] ?? [])],
    [...(BLUE[1] ?? []), ...(GREEN[1] ?? [])],
    BLUE[2] ?? [],
  ];

  it("have working weeks: whole in each team, and at most one a week in all of them", async () => {
    const expected = (spans: typeof BOTH) => weeksBefore(spans, "2026-01-01", "2026-03-27");
    const [whole] = await ask("acme", "prs_per_engineer_week", { timeZone: "UTC" });
    expect(whole?.exposure).toBeCloseTo(expected(BOTH), 9);
    expect(whole?.value).toBeCloseTo((whole?.k ?? 0) / expected(BOTH), 9);
    const teams = await ask("acme", "prs_per_engineer_week", { timeZone: "UTC", groupBy: ["team"] });
    expect(teams.map(({ exposure, group }) => [group.team, exposure])).toEqual([
      ["blue", expect.closeTo(expected(BLUE), 9)],
      ["green", expect.closeTo(expected(GREEN), 9)],
      ["unassigned", null],
    ]);
    expect(teams[2]?.reason).toContain("nobody is on the roster");
    const [one] = await ask("acme", "prs_per_engineer_week", { timeZone: "UTC", filters: { team: ["green"] } });
    expect(one?.exposure).toBeCloseTo(expected(GREEN), 9);
    const kinds = await ask("acme", "prs_per_engineer_week", { timeZone: "UTC", groupBy: ["authorKind"] });
    expect(kinds.every(({ exposure }) => Math.abs((exposure ?? 0) - expected(BOTH)) < 1e-9)).toBe(true);
    expect(kinds.reduce((sum, { k }) => sum + (k ?? 0), 0)).toBe(whole?.k);
  });

  it("have them week by week, and none on a Sunday", async () => {
    const weeks = await ask("acme", "prs_per_engineer_week", { timeZone: "UTC", grain: "week" });
    for (const { bucket, exposure } of weeks.slice(0, 13)) {
      const from = bucket === weeks[0]?.bucket ? "2026-01-01" : (bucket ?? "");
      const end = new Date(Math.min(Date.parse(bucket ?? "") + 7 * DAY_MS, Date.parse("2026-03-27"))).toISOString();
      expect(exposure).toBeCloseTo(weeksBefore(BOTH, from, end), 9);
    }
    const days = await ask("acme", "prs_per_engineer_week", { timeZone: "UTC", grain: "day" });
    expect(days.find(({ bucket }) => bucket?.startsWith("2026-02-08"))).toMatchObject({
      value: null,
      reason: "no working day",
    });
  });

  it("of other teams are nobody's to know", async () => {
    const { results } = await runMetricsQuery(
      mintScope({ ...SYSTEM_SCOPE, teams: [] }),
      metricsQuerySchema.parse({ metrics: ["prs_per_engineer_week"], from: "2026-01-01", to: "2026-04-01" }),
    );
    expect(results[0]?.rows.every(({ value }) => value === null)).toBe(true);
  });
});
