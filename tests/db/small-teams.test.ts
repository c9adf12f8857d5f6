import { beforeAll, describe, expect, it } from "vitest";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { listTeams } from "@/lib/auth/teams";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { readDimensionValues } from "@/lib/metrics/explorer/dimension-values";
import { getPullRequest } from "@/lib/metrics/explorer/pull-request-detail";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { pullRequestListSchema } from "@/lib/metrics/list-schema";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { takeRoster } from "@/lib/settings/roster";
import { type FactInput, insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

let org: number;
let repo: number;
const ids: Record<string, number> = {};
const nobody = SYSTEM_SCOPE;
const withPersons = mintScope({ ...SYSTEM_SCOPE, personFields: true });

/** Puts the first so many people of a team's own hundred into it. */
const roster = (sizes: Record<string, number>, now: string) =>
  withTransaction((client) =>
    takeRoster(
      client,
      org,
      Object.entries(sizes).map(([slug, size], team) => ({
        slug,
        name: slug,
        members: Array.from({ length: size }, (_, index) => {
          const id = `${team * 100 + index + 1}`;
          return { id, login: `p${id}`, name: null };
        }),
      })),
      { since: new Date(0), now: new Date(now) },
    ),
  );

beforeAll(async () => {
  org = await insertOrg("acme");
  repo = await insertRepo(org, "web", { completeTo: "2026-03-31T01:00:00Z" });
  const facts: FactInput[] = [];
  for (const [index, slug] of ["alpha", "beta", "gamma", "delta"].entries()) {
    ids[slug] = await insertTeam(org, slug);
    // As many pull requests as the team's place in the list, of lines that tell the teams apart.
    for (let nth = 0; nth <= index; nth += 1) {
      facts.push({
        number: 10 * (index + 1) + nth,
        mergedAt: `2026-03-0${index + 2}T1${nth}:00:00Z`,
        kind: "human",
        teamId: ids[slug],
      });
    }
  }
  facts.push({ number: 1, mergedAt: "2026-03-02T08:00:00Z", kind: "human", teamId: null });
  await insertFacts(org, repo, facts);
  await roster({ alpha: 2, beta: 9, gamma: 5 }, "2026-03-01T00:00:00Z");
});

async function merged(scope: typeof nobody, filters: object = {}) {
  const { results } = await runMetricsQuery(
    scope,
    metricsQuerySchema.parse({
      metrics: ["prs_merged_week"],
      from: "2026-03-01",
      to: "2026-04-01",
      groupBy: ["team"],
      filters,
    }),
  );
  return Object.fromEntries(results[0]?.rows.map(({ group, k }) => [group.team, k]) ?? []);
}

describe("teams of fewer than five people", () => {
  it("are one group with the next smallest, for whoever sees no persons; the others stay, and so does the total", async () => {
    expect(await merged(nobody)).toEqual({ "small-teams": 4, beta: 2, delta: 4, unassigned: 1 });
    expect(await merged(withPersons)).toEqual({ alpha: 1, beta: 2, gamma: 3, delta: 4, unassigned: 1 });
  });

  it("stay apart for those who are of some teams", async () => {
    expect(await merged(mintScope({ ...nobody, teams: [ids.alpha ?? 0] }))).toEqual({ alpha: 1 });
  });

  it("cannot be asked for by name, only together", async () => {
    expect(await merged(nobody, { team: ["small-teams"] })).toEqual({ "small-teams": 4 });
    await expect(merged(nobody, { team: ["alpha"] })).rejects.toMatchObject({ code: "unprocessable" });
    await expect(merged(withPersons, { team: ["small-teams"] })).rejects.toMatchObject({ code: "unprocessable" });
    const { teams } = await readDimensionValues(nobody);
    expect(teams.map(({ name }) => name)).toEqual(["Small teams", "beta", "delta", "Unassigned"]);
  });

  it("are not named in lists and on the page of a pull request either", async () => {
    const { items } = await listPullRequests(nobody, pullRequestListSchema.parse({ team: "small-teams", limit: "50" }));
    expect(items.map(({ number, team }) => [number, team])).toEqual([
      [32, "small-teams"],
      [31, "small-teams"],
      [30, "small-teams"],
      [10, "small-teams"],
    ]);
    const shown = await getPullRequest(nobody, `${repo}-10`);
    expect(shown.team).toBe("small-teams");
    expect(shown.teamVerdict.evidence.text).toContain("counted together");
    expect(JSON.stringify(shown)).not.toContain("alpha");
    const known = await getPullRequest(withPersons, `${repo}-10`);
    expect(known.team).toBe("alpha");
    expect(known.teamVerdict.evidence.text).not.toContain("counted together");
  });

  it("are told of with their sizes to whoever manages users", async () => {
    const [user] = await query<{ id: string }>(
      sql`insert into app_user (id, name, email, role, updated_at) values ('u1', 'Vera', 'vera@example.com', 'viewer', now())
        returning id`,
    );
    await execute(sql`insert into user_team (user_id, team_id) values (${user?.id}, ${ids.alpha})`);
    const shown = (await listTeams()).map(({ isSmall, members, seenBy, slug }) => [slug, members, isSmall, seenBy]);
    expect(shown).toEqual([
      ["alpha", 2, true, ["Vera"]],
      ["beta", 9, false, []],
      ["delta", null, false, []],
      ["gamma", 5, true, []],
    ]);
  });

  it("come apart as they grow, and are small when people leave: also when all of them do", async () => {
    await roster({ alpha: 5, beta: 9, gamma: 5 }, "2026-03-02T00:00:00Z");
    expect(await merged(nobody)).toEqual({ alpha: 1, beta: 2, gamma: 3, delta: 4, unassigned: 1 });
    await roster({ alpha: 3, beta: 9, gamma: 3 }, "2026-03-03T00:00:00Z");
    expect(await merged(nobody)).toMatchObject({ "small-teams": 4, beta: 2 });
    await roster({ alpha: 3, beta: 9, gamma: 0 }, "2026-03-04T00:00:00Z");
    expect(await merged(nobody)).toMatchObject({ "small-teams": 4, beta: 2 });
    const rows = await query<{ slug: string }>(sql`select slug from team where is_small order by slug`);
    expect(rows.map(({ slug }) => slug)).toEqual(["alpha", "gamma"]);
  });
});
