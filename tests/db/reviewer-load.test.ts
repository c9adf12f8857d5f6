import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { readReviewerLoad, summarise } from "@/lib/metrics/reviewer-load";
import { reviewerLoadQuerySchema } from "@/lib/metrics/schema";
import { insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

let web = 0;

beforeAll(async () => {
  await insertAgents([{ code: 0, key: "claude_code" }]);
  const org = await insertOrg("acme");
  const repo = await insertRepo(org, "app", { completeTo: "2026-06-01T00:00:00Z" });
  web = await insertTeam(org, "web");
  const core = await insertTeam(org, "core");
  const fact = (number: number, kind: "agent" | "human", teamId: number | null, mergedAt = "2026-02-03T09:00:00Z") => ({
    number,
    mergedAt,
    kind,
    agentMask: kind === "agent" ? 1n : 0n,
    teamId,
  });
  await insertFacts(org, repo, [
    fact(1, "agent", web),
    fact(2, "human", core),
    fact(3, "human", null),
    fact(4, "human", web, "2026-05-03T09:00:00Z"),
  ]);
  // Ten people read the first for an hour each, one of them the second for ten and another the third for two.
  const effort = [
    ...Array.from({ length: 10 }, (_, reviewer) => [1, reviewer, 3600]),
    [2, 0, 36_000],
    [3, 1, 7200],
    [4, 2, 999_999],
  ];
  for (const [number, reviewer, seconds] of effort) {
    await execute(
      sql`insert into fact_review_effort (org_id, repo_id, number, reviewer, seconds)
        values (${org}, ${repo}, ${number ?? 0}, ${(reviewer ?? 0) + 100}, ${seconds ?? 0})`,
    );
  }
});

const ask = (filters: object = {}, scope = SYSTEM_SCOPE) =>
  readReviewerLoad(
    scope,
    reviewerLoadQuerySchema.parse({ from: "2026-02-01", to: "2026-02-15", timeZone: "UTC", filters }),
  );

describe("how review is spread over people", () => {
  it("is told in hours a week, by the busiest tenth and by what agents asked for", async () => {
    const { load, reviewers } = await ask();
    expect(reviewers).toBe(10);
    // Two weeks: eleven hours, three, and eight times one.
    expect(load).toEqual({
      median: 0.5,
      p90: expect.closeTo(1.9, 10),
      busiest: 1,
      busiestShare: 11 / 22,
      agentShare: 10 / 22,
      groups: [
        { from: 0, to: 0.5, reviewers: 0 },
        { from: 0.5, to: 1, reviewers: 8 },
        { from: 1, to: 2, reviewers: 1 },
        { from: 2, to: 4, reviewers: 0 },
        { from: 4, to: 8, reviewers: 1 },
        { from: 8, to: null, reviewers: 0 },
      ],
    });
  });

  it("follows filters, and says nothing of fewer than five people", async () => {
    expect((await ask({ team: ["web"] })).load).toMatchObject({ busiestShare: 1 / 10, agentShare: 1 });
    expect(await ask({ team: ["core"] })).toEqual({ reviewers: 1, load: null });
    expect(await ask({ team: ["unassigned"] })).toEqual({ reviewers: 1, load: null });
    await expect(ask({ team: ["nobody"] })).rejects.toMatchObject({ pointer: "/filters/team/0" });
  });

  it("is of the teams that somebody sees alone", async () => {
    const scope = mintScope({ ...SYSTEM_SCOPE, teams: [web] });
    expect((await ask({}, scope)).load).toMatchObject({ median: 0.5, p90: 0.5, agentShare: 1 });
    expect(await ask({}, mintScope({ ...SYSTEM_SCOPE, teams: [] }))).toEqual({ reviewers: 0, load: null });
  });

  it("needs five people and a time", () => {
    const people = (count: number) => Array.from({ length: count }, () => ({ seconds: 3600, agents: 0 }));
    expect(summarise(people(4), 2).load).toBeNull();
    expect(summarise(people(5), 1).load).toMatchObject({ median: 1, busiest: 1, busiestShare: 0.2 });
  });
});
