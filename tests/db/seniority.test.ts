import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { SENIORITIES, type Seniority } from "@/lib/core/rollout-words";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { runSeniorityTable } from "@/lib/metrics/people/seniority-table";
import { seniorityQuerySchema } from "@/lib/metrics/schema";
import { type FactInput, insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

/** Four whole weeks, Monday to Sunday. */
const PERIOD = { from: "2026-03-02", to: "2026-03-30", timeZone: "UTC" };
let team: number;

const member = (org: number, person: number, seniority: Seniority | null, from = "epoch", to: string | null = null) =>
  execute(sql`insert into team_member (org_id, team_id, person_id, valid_from, valid_to, seniority)
    values (${org}, ${team}, ${person}, ${from}, ${to}, ${seniority === null ? null : SENIORITIES.indexOf(seniority)})`);

beforeAll(async () => {
  const org = await insertOrg("acme");
  const repo = await insertRepo(org, "app", { completeTo: "2026-08-01T00:00:00Z" });
  await insertAgents([
    { code: 0, key: "one" },
    { code: 1, key: "two" },
    { code: 2, key: "three" },
  ]);
  team = await insertTeam(org, "web");
  for (let person = 1; person <= 5; person += 1) await member(org, person, "senior");
  for (let person = 6; person <= 10; person += 1) await member(org, person, "junior");
  // Becomes senior in the middle.
  await member(org, 11, "mid", "epoch", "2026-03-16T00:00:00Z");
  await member(org, 11, "senior", "2026-03-16T00:00:00Z");
  await member(org, 12, "mid");
  await member(org, 13, null);
  const by = (number: number, personId: number | null, day: string, more: Partial<FactInput> = {}): FactInput => ({
    number,
    personId,
    mergedAt: `2026-03-${day}T12:00:00Z`,
    kind: "human",
    effectiveLines: 1000,
    ...more,
  });
  const bug = { defects_30d: 1, defects_90d: 1, security_90d: 0 };
  const none = { defects_30d: 0, defects_90d: 0, security_90d: 0 };
  await insertFacts(org, repo, [
    ...[1, 2, 3, 4, 5].map((person) => by(person, person, "03", { course: person === 1 ? bug : none })),
    ...[6, 7, 8, 9, 10].map((person) => by(person, person, "04", { course: person < 9 ? bug : none })),
    // By the same person before and after.
    by(11, 11, "10", { course: none }),
    by(12, 11, "17", { course: none }),
    by(13, 12, "17", { course: none }),
    // Of nobody's seniority, of nobody, and of a time that is not asked for.
    by(14, 13, "17"),
    by(15, null, "17"),
    by(16, 1, "31"),
    // Made for a senior person by agents.
    by(17, 1, "05", { kind: "agent", agentMask: 1n, course: bug }),
    by(18, 1, "06", { kind: "assisted", agentMask: 3n, course: none }),
    by(19, 6, "31", { kind: "agent", agentMask: 4n }),
  ]);
});

const table = (more: object = {}) =>
  runSeniorityTable(
    mintScope({ ...SYSTEM_SCOPE, personFields: true }),
    seniorityQuerySchema.parse({ ...PERIOD, ...more }),
  );

describe("agents beside people by seniority", () => {
  it("counts what people wrote themselves by what they were called then, for each week that they worked as such", async () => {
    const { arms, isKnown } = await table();
    expect(isKnown).toBe(true);
    expect(arms.map(({ arm, members }) => [arm, members])).toEqual([
      ["agent", 2],
      ["senior", 6],
      ["mid", null],
      ["junior", 5],
    ]);
    const [agent, senior, mid, junior] = arms;
    // Five of four weeks and one of the last two.
    expect(senior?.rows.per_member).toMatchObject({ k: 6, exposure: 22, value: 6 / 22 });
    expect(junior?.rows.per_member).toMatchObject({ k: 5, exposure: 20, value: 5 / 20 });
    expect(senior?.rows.defect_density_90d).toMatchObject({ k: 1, exposure: 6, value: 1 / 6 });
    expect(junior?.rows.defect_density_90d).toMatchObject({ k: 3, exposure: 5, value: 3 / 5 });
    expect(agent?.rows.defect_density_90d).toMatchObject({ k: 1, exposure: 2, value: 1 / 2 });
    // Two pull requests of two agents in four weeks.
    expect(agent?.rows.per_member).toMatchObject({ k: 2, exposure: 8, value: 2 / 8 });
    // Two people are too few for anything to be said of them.
    expect(mid).toEqual({ arm: "mid", members: null, rows: {} });
  });

  it("shows nobody where a filter leaves fewer than five, and nothing where no seniority is known", async () => {
    const other = await table({ from: "2026-03-10" });
    expect(other.arms.slice(1)).toEqual(["senior", "mid", "junior"].map((arm) => ({ arm, members: null, rows: {} })));
    const foreign = await runSeniorityTable(
      mintScope({ ...SYSTEM_SCOPE, teams: [] }),
      seniorityQuerySchema.parse(PERIOD),
    );
    expect(foreign).toMatchObject({ isKnown: false });
    expect(foreign.arms.slice(1).every(({ members }) => members === null)).toBe(true);
    expect(seniorityQuerySchema.safeParse({ ...PERIOD, filters: { agent: ["one"] } }).success).toBe(false);
  });
});
