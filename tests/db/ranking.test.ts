import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { runRanking } from "@/lib/metrics/ranking";
import { rankingQuerySchema } from "@/lib/metrics/schema";
import { insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

/** Merged by agents, and rolled back within a week. */
const TEAMS: Record<string, [merged: number, back: number]> = { a: [400, 40], b: [400, 8], c: [4, 2], d: [300, 12] };

beforeAll(async () => {
  const org = await insertOrg("acme");
  const repo = await insertRepo(org, "app", { completeTo: "2026-03-31T00:00:00Z" });
  let number = 0;
  for (const [slug, [merged, back]] of Object.entries(TEAMS)) {
    const teamId = await insertTeam(org, slug);
    await insertFacts(
      org,
      repo,
      Array.from({ length: merged }, (_, index) => ({
        number: ++number,
        mergedAt: "2026-03-02T12:00:00Z",
        kind: "agent" as const,
        teamId,
        rollbackSeconds: index < back ? 3600 : null,
      })),
    );
  }
  await insertFacts(org, repo, [
    { number: ++number, mergedAt: "2026-03-02T12:00:00Z", kind: "agent", rollbackSeconds: 60 },
  ]);
});

const period = { from: "2026-01-01", to: "2026-04-01" };
const rank = (more: object = {}) =>
  runRanking(SYSTEM_SCOPE, rankingQuerySchema.parse({ metric: "rollback_rate_7d", ...period, ...more }));

describe("shares of teams", () => {
  it("are pulled to that of all of them, the smallest team most, and nobody's are left out", async () => {
    const { differ, pooled, teams } = await rank();
    expect(pooled).toBeCloseTo(62 / 1104, 12);
    expect(differ).toBe(true);
    expect(teams.map(({ k, n, team }) => [team, k, n])).toEqual(
      Object.entries(TEAMS).map(([team, [merged, back]]) => [team, back, merged]),
    );
    const byTeam = new Map(teams.map((one) => [one.team, one]));
    const moved = (team: string) => Math.abs((byTeam.get(team)?.estimate ?? 0) - (byTeam.get(team)?.crude ?? 0));
    expect(moved("c")).toBeGreaterThan(10 * moved("a"));
    for (const { crude, estimate, hi, lo } of teams) {
      // Between what it is and what all are.
      expect(Math.sign((estimate ?? 0) - crude)).toBe(Math.sign((pooled ?? 0) - crude));
      expect(lo).toBeLessThan(estimate ?? 0);
      expect(hi).toBeGreaterThan(estimate ?? 0);
    }
    expect(byTeam.get("a")?.lo).toBeGreaterThan(pooled ?? 0);
    expect(byTeam.get("b")?.hi).toBeLessThan(pooled ?? 0);
  });

  it("have nothing to be pulled to alone", async () => {
    expect(await rank({ filters: { team: ["a"] } })).toMatchObject({
      pooled: null,
      differ: false,
      teams: [{ team: "a", crude: 0.1, estimate: null, lo: null }],
    });
  });

  it("are of shares alone", () => {
    for (const metric of ["prs_merged_week", "adoption_rate", "nothing"]) {
      expect(rankingQuerySchema.safeParse({ metric, ...period }).success).toBe(false);
    }
  });
});
