import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { AUTHOR_KINDS, CATEGORIES, CONFIDENCES, type Dimension } from "@/lib/core/dimensions";
import { PULL_REQUEST_DIMENSIONS } from "@/lib/metrics/definitions/pull-request-dimensions";
import { runMetricsQuery } from "@/lib/metrics/query";
import { listPullRequestMetrics } from "@/lib/metrics/registry";
import { type MetricsQueryInput, metricsQuerySchema } from "@/lib/metrics/schema";
import { insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { findWithPercentiles, groupsPresent, LINE_PERCENTILES, type OracleFact, oracle } from "./metrics-oracle";

useTestDatabase();

const AGENTS = [
  { code: 0, key: "claude_code" },
  { code: 5, key: "cursor" },
  { code: 61, key: "copilot" },
];
const REPOS = [
  { name: "api", completeTo: "2026-04-08T12:00:00.000Z" },
  { name: "web", completeTo: "2026-03-20T00:00:00.000Z" },
];
const TEAMS = ["payments", "search"];
const DAY = 86_400;
/** What holds agents against people is counted another way: `audit-factor.test.ts`. */
const REGISTERED = listPullRequestMetrics().flatMap(({ id, unit }) =>
  // Their own tests count them a second way: audit-factor, people-metrics.
  unit === "times" || unit === "per_engineer_week" || unit === "developers" ? [] : id,
);
const METRICS = [...REGISTERED, ...Object.keys(LINE_PERCENTILES)];

const someSeconds = fc.constantFrom(null, 0, 1, 59, 3600, 7200, DAY, 3 * DAY);

/** A fixed seed: the fleet of this file is always the same. */
const [fleet = []] = fc.sample(
  fc.array(
    fc
      .record({
        repo: fc.constantFrom(...REPOS),
        // Twelve months that hold both changes of the clocks, with many merges right around them.
        minute: fc.oneof(
          fc.integer({ min: 0, max: 365 * 1440 }),
          fc
            .constantFrom(..."2025-10-26 2025-11-02 2026-03-08 2026-03-29".split(" "))
            .chain((date) =>
              fc
                .integer({ min: -600, max: 900 })
                .map((shift) => (Date.parse(date) - Date.parse("2025-04-10")) / 60_000 + shift),
            ),
        ),
        kind: fc.constantFrom(...AUTHOR_KINDS),
        confidence: fc.constantFrom(...CONFIDENCES),
        category: fc.constantFrom(...CATEGORIES),
        excluded: fc.constantFrom(...(["none", "none", "none", "release", "revert"] as const)),
        team: fc.constantFrom(null, ...TEAMS),
        agents: fc.subarray(AGENTS, { maxLength: 2 }),
        rollbackSeconds: fc.oneof(
          fc.constant(null),
          fc.constantFrom(0, 3600, DAY, DAY + 1, 7 * DAY, 7 * DAY + 1, 20 * DAY),
        ),
        effectiveLines: fc.oneof(fc.constant(null), fc.constantFrom(0, 50, 51, 200, 1001, 10_000, 10_001)),
        share: fc.constantFrom(0, 0.5, 1, null),
        closed: fc.constantFrom(false, false, false, true),
        course: fc.record({
          cycle_seconds: someSeconds,
          coding_seconds: someSeconds,
          pickup_seconds: someSeconds,
          review_seconds: someSeconds,
          merge_seconds: someSeconds,
          deploy_seconds: fc.constantFrom(null, 0, 60, 3600, DAY, 20 * DAY, 400 * DAY),
          deploy_watched: fc.constantFrom(0, 0, 0, null),
          human_reviews: fc.constantFrom(null, 0, 1, 3),
          review_rounds: fc.constantFrom(null, 0, 1, 2, 3),
          reworked: fc.constantFrom(null, 0, 0, 1),
          auto_merged: fc.constantFrom(null, 0, 1),
          intervened: fc.constantFrom(null, 0, 1),
          unclear_seconds: fc.constantFrom(null, null, null, 60, 7 * DAY, 7 * DAY + 1),
          undone_seconds: fc.constantFrom(null, null, 60, 21 * DAY, 21 * DAY + 1),
          defects_30d: fc.constantFrom(null, 0, 0, 1, 2),
          defects_90d: fc.constantFrom(null, 0, 1, 2, 5),
          security_90d: fc.constantFrom(null, 0, 0, 1),
          effort_seconds: fc.constantFrom(null, 0, 300, 5400, 7777),
          debugged_30d: fc.constantFrom(null, 0, 0, 1),
          failure_cause: fc.constantFrom(null, null, 0, 1, 5, 11),
          fix_watched: fc.constantFrom(null, 0),
          features: fc.constantFrom(null, 1, 2),
          commits: fc.constantFrom(null, 1, 4, 17),
          coverage_delta: fc.constantFrom(null, 99_000, 100_000, 100_025),
          patch_covered: fc.constantFrom(null, 0, 3, 40),
          patch_coverable: fc.constantFrom(null, 40, 55),
          all_defects_30d: fc.constantFrom(null, 0, 1),
          all_defects_90d: fc.constantFrom(null, 0, 2),
          churn_lines: fc.constantFrom(null, 60, 200),
          churned_14d: fc.constantFrom(null, 0, 7),
          churned_21d: fc.constantFrom(null, 0, 12, 60),
          findings: fc.constantFrom(null, 0, 0, 3),
          caught: fc.constantFrom(null, 0, 1, 2),
          caught_or_found: fc.constantFrom(null, 2, 3, 7),
          violations: fc.constantFrom(null, 0, 0, 4, 12),
        }),
      })
      .map(({ agents, excluded, kind, minute, repo, share, ...rest }): Omit<OracleFact, "number"> => {
        const byAgent = kind === "agent" || kind === "assisted";
        const { effectiveLines } = rest;
        const agentLines = byAgent
          ? share === null || effectiveLines === null
            ? null
            : Math.round(effectiveLines * share)
          : effectiveLines && 0;
        const latest = Date.parse(repo.completeTo);
        const mergedAt = new Date(
          Math.min(latest, Date.parse("2025-04-10") + Math.round(minute) * 60_000),
        ).toISOString();
        return {
          ...rest,
          repo: `acme/${repo.name}`,
          completeTo: repo.completeTo,
          mergedAt,
          kind,
          // Of one that landed nowhere nothing says what it was, besides who opened it.
          exclusion: kind === "automation" ? "automation" : rest.closed ? "none" : excluded,
          rollbackSeconds: rest.closed ? null : rest.rollbackSeconds,
          agents: byAgent ? agents.map(({ key }) => key) : [],
          agentLines,
        };
      }),
    { minLength: 500, maxLength: 500 },
  ),
  { numRuns: 1, seed: 20_260_401 },
);
const facts: OracleFact[] = fleet.map((fact, index) => ({ ...fact, number: index + 1 }));

beforeAll(async () => {
  await insertAgents(AGENTS);
  const org = await insertOrg("acme", { timeZone: "Europe/Berlin" });
  const teams = new Map<string, number>();
  for (const team of TEAMS) teams.set(team, await insertTeam(org, team));
  for (const { completeTo, name } of REPOS) {
    const repo = await insertRepo(org, name, { completeTo });
    await insertFacts(
      org,
      repo,
      facts
        .filter((fact) => fact.repo === `acme/${name}`)
        .map(({ agents, team, ...fact }) => ({
          ...fact,
          teamId: team === null ? null : (teams.get(team) ?? null),
          agentMask: AGENTS.reduce(
            (mask, { code, key }) => (agents.includes(key) ? mask | (1n << BigInt(code)) : mask),
            0n,
          ),
        })),
    );
  }
});

async function check({ metrics, ...input }: MetricsQueryInput): Promise<void> {
  // The schema knows the registry alone.
  const query = { ...metricsQuerySchema.parse({ ...input, metrics: REGISTERED }), metrics };
  const { results } = await runMetricsQuery(SYSTEM_SCOPE, query, findWithPercentiles);
  for (const { metric, rows } of results) {
    for (const row of rows) {
      const said = JSON.stringify({ metric, bucket: row.bucket, group: row.group, input });
      const { excluded, immature, k, n, value } = oracle(facts, query, metric, row);
      expect({ n: row.n, immature: row.immature, excluded: row.excluded }, said).toEqual({ n, immature, excluded });
      if (metric !== "ai_share_lines" && !(metric in LINE_PERCENTILES)) expect(row.k, said).toBe(k);
      if (metric === "prs_merged_week" && query.grain !== "week") continue;
      if (metric === "commits_per_day") continue;
      if (n > 0 && value === null) expect(row.value, said).toBeNull();
      if (row.value !== null || (n > 0 && value !== null)) expect(row.value, said).toBeCloseTo(value ?? Number.NaN, 10);
    }
    if (metric === "failure_root_cause") continue;
    const groupBy: Dimension[] =
      metric === "task_mix" && !query.groupBy.includes("category") ? [...query.groupBy, "category"] : query.groupBy;
    const shown = new Set(rows.map(({ group }) => groupBy.map((dimension) => group[dimension]).join("|")));
    expect(groupsPresent(facts, query, groupBy).filter((group) => !shown.has(group))).toEqual([]);
  }
}

const year = { from: "2025-04-10T00:00:00Z", to: "2026-04-10T00:00:00Z" };

describe("the runner agrees with counting one by one", () => {
  it.each(PULL_REQUEST_DIMENSIONS)("for every metric by %s", async (dimension) => {
    await check({ metrics: METRICS, ...year, groupBy: [dimension] });
  });

  it.each(["Europe/Berlin", "America/New_York", "America/Havana", "Asia/Kathmandu"])(
    "for weeks, days and months in %s",
    async (timeZone) => {
      await check({ metrics: METRICS, ...year, timeZone, grain: "week" });
      await check({ metrics: METRICS, ...year, timeZone, grain: "month" });
      await check({
        metrics: METRICS,
        from: "2025-10-20T00:00:00Z",
        to: "2025-11-06T00:00:00Z",
        timeZone,
        grain: "day",
      });
      await check({
        metrics: METRICS,
        from: "2026-03-05T00:00:00Z",
        to: "2026-04-02T00:00:00Z",
        timeZone,
        grain: "day",
      });
    },
  );

  it("for hours around the change of the clocks", async () => {
    await check({
      metrics: METRICS,
      from: "2025-10-25T12:00:00Z",
      to: "2025-10-27T00:00:00Z",
      timeZone: "Europe/Berlin",
      grain: "hour",
    });
  });

  it("for any filters and groups together", async () => {
    const some = <Value>(...values: Value[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          metrics: fc.subarray(METRICS, { minLength: 1 }),
          groupBy: fc.subarray(PULL_REQUEST_DIMENSIONS, { maxLength: 3 }),
          grain: fc.constantFrom(null, null, "month" as const),
          filters: fc.record({
            repo: some("acme/api", "acme/web"),
            team: some("payments", "search", "unassigned"),
            agent: some("claude_code", "cursor", "copilot", "unknown"),
            authorKind: some(...AUTHOR_KINDS),
            category: some(...CATEGORIES),
            severity: some("LOW" as const, "MEDIUM" as const, "HIGH" as const),
            sizeBucket: some("xs" as const, "s" as const, "unknown" as const),
          }),
        }),
        (query) => check({ ...query, ...year, timeZone: "Europe/Berlin" }),
      ),
      { numRuns: 40, seed: 7 },
    );
  });
});
