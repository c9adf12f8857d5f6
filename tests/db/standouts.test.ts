import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { rankingQuerySchema } from "@/lib/metrics/schema";
import { runStandouts } from "@/lib/metrics/standouts";
import { insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const HOUR = 3600;
let mobile = 0;
let payments = 0;

/** Pull requests of agents in a month, of which the first few come back within hours. */
const month = (first: number, of: { month: number; count: number; back: number; teamId: number }) =>
  Array.from({ length: of.count }, (_, index) => ({
    number: first + index,
    mergedAt: new Date(Date.UTC(2026, of.month, 2, 9, index)).toISOString(),
    kind: "agent" as const,
    agentMask: 1n,
    teamId: of.teamId,
    rollbackSeconds: index < of.back ? HOUR : null,
  }));

beforeAll(async () => {
  await insertAgents([{ code: 0, key: "claude_code" }]);
  const org = await insertOrg("acme");
  const repo = await insertRepo(org, "app", { completeTo: "2026-06-01T00:00:00Z" });
  mobile = await insertTeam(org, "mobile");
  payments = await insertTeam(org, "payments");
  await insertFacts(org, repo, [
    ...month(1000, { month: 0, count: 60, back: 1, teamId: mobile }),
    ...month(2000, { month: 1, count: 60, back: 12, teamId: mobile }),
    ...month(3000, { month: 2, count: 60, back: 2, teamId: mobile }),
    ...month(4000, { month: 0, count: 60, back: 2, teamId: payments }),
    ...month(5000, { month: 1, count: 60, back: 1, teamId: payments }),
    ...month(6000, { month: 2, count: 9, back: 6, teamId: payments }),
  ]);
});

const ask = (more: object = {}, scope = SYSTEM_SCOPE) =>
  runStandouts(
    scope,
    rankingQuerySchema.parse({
      metric: "rollback_rate_7d",
      from: "2026-01-01",
      to: "2026-04-01",
      timeZone: "UTC",
      filters: { authorKind: ["agent", "assisted"] },
      ...more,
    }),
  );

describe("months that stand out", () => {
  it("are those in which more came back than elsewhere, beyond chance for all that is compared", async () => {
    const { compared, standouts } = await ask();
    // Three months of everything, of one task and one repository; of teams five that hold enough.
    expect(compared).toBe(14);
    expect(standouts[0]).toEqual({
      dimension: "team",
      value: "mobile",
      month: "2026-02-01T00:00:00.000Z",
      k: 12,
      n: 60,
      elsewhere: { k: 12, n: 249 },
    });
    // Nine pull requests are too few, whatever became of them.
    expect(standouts.map(({ month: of, value }) => `${value} ${of.slice(0, 7)}`)).not.toContain("payments 2026-03");
  });

  it("are none where everything is alike, alone, or not seen", async () => {
    expect((await ask({ from: "2026-01-01", to: "2026-02-01" })).standouts).toEqual([]);
    expect((await ask({ filters: { team: ["payments"] }, to: "2026-03-01" })).standouts).toEqual([]);
    const of = mintScope({ ...SYSTEM_SCOPE, teams: [payments] });
    expect((await ask({}, of)).standouts.map(({ value }) => value)).not.toContain("mobile");
  });

  it("are asked of shares alone", () => {
    expect(
      rankingQuerySchema.safeParse({ metric: "cycle_time_total", from: "2026-01-01", to: "2026-04-01" }).success,
    ).toBe(false);
  });
});
