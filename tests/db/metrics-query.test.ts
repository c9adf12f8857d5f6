import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { runMetricsQuery } from "@/lib/metrics/query";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import type { MetricRow } from "@/lib/metrics/types";
import { insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const HOUR = 3600;
const ask = (input: MetricsQueryInput, scope = SYSTEM_SCOPE) => runMetricsQuery(scope, metricsQuerySchema.parse(input));

async function rowsOf(input: MetricsQueryInput): Promise<MetricRow[]> {
  const { results } = await ask(input);
  return results[0]?.rows ?? [];
}

beforeAll(async () => {
  await insertAgents([
    { code: 0, key: "claude_code" },
    { code: 3, key: "cursor" },
    { code: 60, key: "late_agent" },
  ]);
  const org = await insertOrg("acme");
  const team = await insertTeam(org, "payments");
  // Watermark 31 March 01:00: with the settle hour, pull requests are mature for 7 days up to 24 March 00:00.
  const api = await insertRepo(org, "api", { completeTo: "2026-03-31T01:00:00Z" });
  await insertFacts(org, api, [
    {
      number: 1,
      mergedAt: "2026-03-02T10:00:00Z",
      kind: "agent",
      agentMask: 1n,
      category: "documentation",
      teamId: team,
    },
    {
      number: 2,
      mergedAt: "2026-03-03T10:00:00Z",
      kind: "agent",
      agentMask: 1n | (1n << 60n),
      rollbackSeconds: 2 * HOUR,
    },
    { number: 3, mergedAt: "2026-03-10T10:00:00Z", kind: "assisted", agentMask: 1n << 3n, rollbackSeconds: 168 * HOUR },
    { number: 4, mergedAt: "2026-03-12T10:00:00Z", kind: "agent", agentMask: 0n, rollbackSeconds: 169 * HOUR },
    { number: 5, mergedAt: "2026-03-24T00:00:00Z", kind: "agent", agentMask: 1n },
    { number: 6, mergedAt: "2026-03-29T00:00:00Z", kind: "agent", agentMask: 1n, rollbackSeconds: HOUR },
    { number: 7, mergedAt: "2026-03-05T10:00:00Z", kind: "human", rollbackSeconds: 3 * HOUR },
    { number: 8, mergedAt: "2026-03-06T10:00:00Z", kind: "human" },
    { number: 9, mergedAt: "2026-03-06T11:00:00Z", kind: "automation", exclusion: "automation" },
    { number: 10, mergedAt: "2026-03-06T12:00:00Z", kind: "agent", agentMask: 1n, exclusion: "release" },
  ]);
});

const march = { from: "2026-03-02", to: "2026-03-30" } as const;

describe("windowed rates", () => {
  it("count mature agent pull requests only, even where a young one's outcome is known", async () => {
    const [row] = await rowsOf({ metrics: ["rollback_rate_7d"], ...march });
    expect(row).toMatchObject({ k: 2, n: 5, immature: 1, excluded: { release: 1 }, method: "wilson", value: 0.4 });
    expect(row?.flags).toEqual(["few", "provisional"]);
  });

  it("choose the population by author kind when the query groups by it", async () => {
    const rows = await rowsOf({ metrics: ["rollback_rate_7d"], ...march, groupBy: ["authorKind"] });
    expect(rows.map(({ group, k, n }) => [group.authorKind, k, n])).toEqual([
      ["agent", 1, 4],
      ["assisted", 1, 1],
      ["human", 1, 2],
      ["automation", 0, 0],
    ]);
    expect(rows[3]).toMatchObject({ value: null, reason: "no eligible pull requests: all 1 are excluded" });
    const [human] = await rowsOf({ metrics: ["rollback_rate_7d"], ...march, filters: { authorKind: ["human"] } });
    expect(human).toMatchObject({ k: 1, n: 2 });
  });

  it("show a gap with a reason where every pull request is too young", async () => {
    const rows = await rowsOf({ metrics: ["rollback_rate_7d", "effective_safe_prs"], ...march, grain: "week" });
    expect(rows.map(({ k, n, value }) => [k, n, value])).toEqual([
      [1, 2, 0.5],
      [1, 2, 0.5],
      [0, 0, null],
      [0, 1, 0],
    ]);
    expect(rows[2]?.reason).toBe("no pull requests");
    const [young] = await rowsOf({ metrics: ["rollback_rate_7d"], from: "2026-03-28", to: "2026-03-30" });
    expect(young).toMatchObject({
      value: null,
      lo: null,
      n: 0,
      immature: 1,
      reason: "too young: 1 pull request merged less than 7 days before the data end",
    });
  });

  it("keep every category, also the empty ones", async () => {
    const rows = await rowsOf({ metrics: ["rollback_rate_24h"], ...march, groupBy: ["category"] });
    expect(rows).toHaveLength(9);
    expect(rows.find(({ group }) => group.category === "documentation")).toMatchObject({ k: 0, n: 1 });
    expect(rows.find(({ group }) => group.category === "test_generation")).toMatchObject({ n: 0, value: null });
  });
});

describe("counts", () => {
  it("are filled with real zeros inside of the data and are missing outside of them", async () => {
    const rows = await rowsOf({ metrics: ["prs_merged_week"], from: "2026-03-02", to: "2026-04-20", grain: "week" });
    expect(rows.map(({ bucket, value }) => [bucket?.slice(0, 10), value])).toEqual([
      ["2026-03-02", 4],
      ["2026-03-09", 2],
      ["2026-03-16", 0],
      ["2026-03-23", 2],
      ["2026-03-30", 0],
      ["2026-04-06", null],
      ["2026-04-13", null],
    ]);
    expect(rows[3]).toMatchObject({ method: "garwood", flags: [] });
    expect(rows[3]?.lo).toBeCloseTo(0.8635, 3);
    expect(rows[4]?.flags).toContain("incomplete_bucket");
    expect(rows[5]?.reason).toBe("no data: the data end on 2026-03-31");
  });

  it("are a rate per observed week without a grain", async () => {
    const [row] = await rowsOf({
      metrics: ["prs_merged_week"],
      from: "2026-03-03T01:00:00Z",
      to: "2026-06-01T00:00:00Z",
    });
    expect(row).toMatchObject({ k: 7, exposure: 4, value: 7 / 4, flags: ["incomplete_bucket"] });
  });

  it("count a pull request for each of its agents and name what has none", async () => {
    const rows = await rowsOf({ metrics: ["agent_prs_merged"], ...march, groupBy: ["agent"] });
    expect(rows.map(({ group, value }) => [group.agent, value])).toEqual([
      ["claude_code", 4],
      ["cursor", 1],
      ["late_agent", 1],
      ["unknown", 1],
    ]);
    const [late] = await rowsOf({
      metrics: ["agent_prs_merged"],
      ...march,
      filters: { agent: ["late_agent", "cursor"] },
    });
    expect(late?.value).toBe(2);
    const [unnamed] = await rowsOf({ metrics: ["agent_prs_merged"], ...march, filters: { agent: ["unknown"] } });
    expect(unnamed?.value).toBe(1);
  });
});

describe("shares", () => {
  it("are of the whole under a filter and a group on what they are a share of", async () => {
    const [all] = await rowsOf({ metrics: ["ai_share_prs"], ...march });
    expect(all).toMatchObject({ k: 6, n: 8, excluded: { automation: 1, release: 1 } });
    expect(all?.flags).toContain("lower_bound");
    const { results } = await ask({
      metrics: ["ai_share_prs", "rollback_rate_24h"],
      ...march,
      filters: { agent: ["cursor"] },
    });
    expect(results[0]?.rows[0]).toMatchObject({ k: 1, n: 8 });
    expect(results[1]?.rows[0]).toMatchObject({ k: 0, n: 1 });
    const byAgent = await rowsOf({ metrics: ["ai_share_prs"], ...march, groupBy: ["agent"] });
    expect(byAgent.map(({ group, k, n }) => [group.agent, k, n])).toEqual([
      ["claude_code", 4, 8],
      ["cursor", 1, 8],
      ["late_agent", 1, 8],
      ["unknown", 1, 8],
    ]);
  });

  it("carry a category for the task mix, asked for or not", async () => {
    const rows = await rowsOf({ metrics: ["task_mix"], ...march });
    expect(rows).toHaveLength(9);
    expect(rows[0]).toMatchObject({ group: { category: "documentation" }, k: 1, n: 6 });
    expect(rows.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBeCloseTo(1);
    const bySeverity = await rowsOf({ metrics: ["task_mix"], ...march, groupBy: ["severity"] });
    expect(bySeverity).toHaveLength(9);
  });
});

describe("scope", () => {
  it("that is empty sees no rows", async () => {
    const { asOf, results } = await ask(
      { metrics: ["prs_merged_week"], ...march },
      mintScope({ ...SYSTEM_SCOPE, organizations: [] }),
    );
    expect(asOf).toBeNull();
    expect(results[0]?.rows).toEqual([
      expect.objectContaining({ value: null, n: null, reason: expect.stringContaining("no data") }),
    ]);
  });

  it("hides the names of what it cannot see", async () => {
    const scope = mintScope({ ...SYSTEM_SCOPE, organizations: [] });
    await expect(
      ask({ metrics: ["prs_merged_week"], ...march, filters: { org: ["acme"] } }, scope),
    ).rejects.toMatchObject({
      code: "unprocessable",
      pointer: "/filters/org/0",
    });
  });
});

describe("problems", () => {
  it.each([
    [{ filters: { team: ["payments", "nobody"] } }, "/filters/team/1"],
    [{ filters: { repo: ["acme/none"] } }, "/filters/repo/0"],
    [{ filters: { agent: ["x'; drop table event; --"] } }, "/filters/agent/0"],
    [{ groupBy: ["environment"] }, "/groupBy/0"],
    [{ to: "2026-03-01" }, "/to"],
    [{ compare: { from: "2026-03-01", to: "2026-02-01" } }, "/compare/to"],
    [{ from: "2000-01-01", grain: "hour" }, "/grain"],
  ] as [Partial<MetricsQueryInput>, string][])("point at %j", async (change, pointer) => {
    await expect(ask({ metrics: ["prs_merged_week"], ...march, ...change })).rejects.toMatchObject({
      code: "unprocessable",
      pointer,
    });
  });
});

it("compares with the period before", async () => {
  const { results } = await ask({
    metrics: ["agent_prs_merged"],
    from: "2026-03-09",
    to: "2026-03-16",
    compare: "previous",
  });
  expect(results[0]?.rows[0]?.value).toBe(2);
  expect(results[0]?.compare?.[0]?.value).toBe(2);
});
