import { beforeAll, describe, expect, it } from "vitest";
import { PUT as enterPhases } from "@/app/api/v1/rollout-phases/route";
import { PUT as enterRoster } from "@/app/api/v1/roster/route";
import { mintScope } from "@/lib/auth/mint-scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { noteErased } from "@/lib/db/erased-identities";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { loadProjectionContext } from "@/lib/facts/projection-context";
import { migrateJobs } from "@/lib/jobs/worker";
import { runMetricsQuery } from "@/lib/metrics/query";
import { metricsQuerySchema } from "@/lib/metrics/schema";
import { ensureOrganization } from "@/lib/settings/organizations";
import { takeRoster } from "@/lib/settings/roster";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { CLAUDE_TRAILER, HistoryFactory } from "@/tests/factories/history";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

const database = useTestDatabase();
let orgId: number;
let as: Record<string, string>;

const PEOPLE = ["ada", "bo", "cleo", "dan", "eve", "fay"];

beforeAll(async () => {
  await migrateJobs(database.url);
  orgId = (await ensureOrganization({ slug: "acme", timeZone: "Europe/Berlin" })).id;
  as = await sessionOf(await insertUser("admin"));
  const history = new HistoryFactory(orgId, "app");
  for (const [index, login] of PEOPLE.entries()) {
    history.land({
      title: `Change ${login}`,
      number: index + 1,
      at: `2026-03-0${index + 2}T09:00:00Z`,
      author: { name: login, email: `${login}@acme.test` },
      ...(index < 4 && { body: CLAUDE_TRAILER }),
    });
  }
  await withTransaction((client) => appendEvents(client, [history.events()]));
  await projectPending();
});

const enter = (csv: string, org = "acme") =>
  call(enterRoster, "/api/v1/roster", { method: "PUT", as, body: { org, csv } });
const put = (body: object) => call(enterPhases, "/api/v1/rollout-phases", { method: "PUT", as, body });

const teamsOf = async () => {
  await projectPending();
  return query(
    sql`select p.login, f.number, t.slug as team from fact_pull_request f left join team t on t.id = f.team_id
        left join person p on p.org_id = f.org_id and p.id = f.person_id
      where f.org_id = ${orgId} order by f.number`,
  );
};

async function adoption() {
  const { results } = await runMetricsQuery(
    mintScope({ ...SYSTEM_SCOPE, personFields: true }),
    metricsQuerySchema.parse({ metrics: ["adoption_rate"], from: "2026-03-01", to: "2026-03-31" }),
  );
  return results[0]?.rows[0];
}

describe("a roster that is entered", () => {
  it("says whose each pull request is, of which team, and who works with agents", async () => {
    expect(await adoption()).toMatchObject({ value: null, reason: expect.stringContaining("nobody on the roster") });
    const csv = PEOPLE.map((login, index) => `${index < 5 ? "Payments" : "Web"},${login},${login}@acme.test`);
    const answer = await enter(`team,login,email\n${csv.join("\n")}`);
    expect([answer.status, await answer.json()]).toEqual([200, { people: 6, teams: 2, lines: 6 }]);
    expect(await teamsOf()).toEqual(
      PEOPLE.map((login, index) => ({ login, number: index + 1, team: index < 5 ? "payments" : "web" })),
    );
    expect(await adoption()).toMatchObject({ k: 4, n: 6 });
  });

  it("counts from a day on, in the organisation's zone, and replaces what was entered before", async () => {
    // Midnight in Berlin is 23:00 the day before.
    const csv =
      "team,email,from,to,fte,seniority\nWeb,ada@acme.test,2026-03-03,,0.5,senior\nWeb,bo@acme.test,,2026-03-03,,";
    expect((await enter(csv)).status).toBe(200);
    const rows = await query(
      sql`select p.login, m.valid_from as "from", m.valid_to as "to", m.fte::float8 as fte, m.seniority
        from team_member m join person p on p.org_id = m.org_id and p.id = m.person_id
        where m.org_id = ${orgId} order by p.login`,
    );
    expect(rows).toEqual([
      { login: "ada", from: new Date("2026-03-02T23:00:00Z"), to: null, fte: 0.5, seniority: 2 },
      { login: "bo", from: new Date(0), to: new Date("2026-03-02T23:00:00Z"), fte: 1, seniority: null },
    ]);
    // Ada's was merged the day before she came, and Bo's on the day after he left.
    expect((await teamsOf()).slice(0, 2)).toEqual([
      { login: null, number: 1, team: null },
      { login: null, number: 2, team: null },
    ]);
  });

  it("stands before what GitHub says of the same people, and beside what it says of others", async () => {
    const github = () =>
      withTransaction((client) =>
        takeRoster(
          client,
          orgId,
          [
            {
              slug: "everyone",
              name: "Everyone",
              members: ["ada", "gil"].map((login, index) => ({ id: `${70 + index}`, login, name: null })),
            },
          ],
          { since: new Date(0), now: new Date("2026-03-20T00:00:00Z") },
        ),
      );
    const inTeams = () =>
      query(
        sql`select distinct p.login, t.slug as team, m.source from team_member m join team t on t.id = m.team_id
            join person p on p.org_id = m.org_id and p.id = m.person_id
          where m.org_id = ${orgId} and m.valid_to is null order by p.login, t.slug`,
      );
    await github();
    await enter("team,login\nWeb,ada");
    await github();
    expect(await inTeams()).toEqual([
      { login: "ada", team: "web", source: "entered" },
      { login: "gil", team: "everyone", source: "github" },
    ]);
    await enter("team,login\n");
    await github();
    expect(await inTeams()).toEqual([
      { login: "ada", team: "everyone", source: "github" },
      { login: "gil", team: "everyone", source: "github" },
    ]);
  });

  it("leaves under a pseudonym whoever was erased, however a roster names them", async () => {
    const pseudonym = await withTransaction((client) =>
      noteErased(client, orgId, ["login:hal", "email:hal@acme.test", "login:ivy"]),
    );
    for (const csv of [
      "team,login,name\nWeb,Hal,Hal Hansen",
      "team,email\nWeb,hal@acme.test",
      "team,login,email\nWeb,ivy,",
    ]) {
      expect((await enter(csv)).status).toBe(200);
      const members = await query<{ login: string | null; name: string | null; identities: string[] }>(
        sql`select p.login, p.name, array_agg(i.identity order by i.identity) as identities from team_member m
            join person p on p.org_id = m.org_id and p.id = m.person_id
            join person_identity i on i.org_id = p.org_id and i.person_id = p.id
          where m.org_id = ${orgId} and m.source = 'entered' group by p.id, p.login, p.name`,
      );
      expect(members).toHaveLength(1);
      expect(JSON.stringify(members)).not.toMatch(/hal@|"hal"|Hansen|ivy|login:hal/i);
      expect(JSON.stringify(members)).toContain(pseudonym);
    }
    const held = await query(sql`select login, name from person where org_id = ${orgId}
      union all select identity, null from person_identity where org_id = ${orgId}`);
    expect(JSON.stringify(held)).not.toMatch(/hal@|"hal"|Hansen|ivy|login:hal/i);
  });

  it("takes thousands of lines, several for one person, and two at once give what the last of them says", async () => {
    const lines = Array.from({ length: 6000 }, (_, index) =>
      index % 2 === 0
        ? `A,p${index / 2},,2026-01-01`
        : `B,p${(index - 1) / 2},p${(index - 1) / 2}@acme.test,2026-01-01,`,
    );
    const csv = [
      "team,login,email,to",
      ...lines.map((line, index) => (index % 2 === 0 ? line : line.replace(",2026-01-01,", ","))),
    ];
    const large = await enter(csv.join("\n"));
    expect([large.status, await large.json()]).toEqual([200, { people: 3000, teams: 2, lines: 6000 }]);
    const both = await Promise.all([enter("team,login\nA,p1"), enter("team,login\nB,p1\nB,p2")]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const left = await query<{ entered: number }>(
      sql`select count(*)::int as entered from team_member where org_id = ${orgId} and source = 'entered'`,
    );
    expect([1, 2]).toContain(left[0]?.entered);
    await enter("team,login\n");
  });

  it("finds somebody by their login alone, until their number is known", async () => {
    await enter("team,login\nWeb,Zoe");
    const memberOf = async (keys: string[]) => {
      const { roster } = await withTransaction((client) => loadProjectionContext(client, { orgId, repo: "app" }));
      return roster.memberAt(keys, Date.now());
    };
    const zoe = await memberOf(["id:500", "named:zoe"]);
    expect(zoe).not.toBeNull();
    expect(await memberOf(["id:500"])).toBeNull();
    // GitHub tells the number of zoe: whoever else is called so is somebody else.
    await withTransaction((client) =>
      takeRoster(client, orgId, [{ slug: "x", name: "x", members: [{ id: "501", login: "zoe", name: null }] }], {
        since: new Date(0),
        now: new Date("2026-03-20T00:00:00Z"),
      }),
    );
    expect(await memberOf(["id:501"])).toBe(zoe);
    expect(await memberOf(["id:500", "named:zoe"])).toBeNull();
  });

  it.each([
    ["team,login\nWeb,ada\nWeb,ada", "Line 3: the same person is in this team at the same time by line 2."],
    ["team,login\nWeb,", "Line 2, login: it is empty, and so is email."],
  ])("is refused as a whole: %j", async (csv, detail) => {
    const before = await query(sql`select * from team_member where org_id = ${orgId} order by 1, 2, 3, 4`);
    const answer = await enter(csv);
    expect([answer.status, await answer.json()]).toMatchObject([422, { detail, pointer: "/csv" }]);
    expect(await query(sql`select * from team_member where org_id = ${orgId} order by 1, 2, 3, 4`)).toEqual(before);
  });

  it("belongs to an organisation that is there", async () => {
    expect((await enter("team,login\nWeb,ada", "nobody")).status).toBe(404);
  });
});

describe("the phases of a rollout", () => {
  const stored = () =>
    query(sql`select phase, starts_on::text as day from rollout_phase where org_id = ${orgId} order by phase`);

  it("are those that were given last", async () => {
    const pilot = { phase: "pilot", startsOn: "2026-02-02" };
    const full = { phase: "full", startsOn: "2026-06-01" };
    expect((await put({ org: "acme", team: "web", phases: [full, pilot] })).status).toBe(200);
    expect(await stored()).toEqual([
      { phase: 1, day: "2026-02-02" },
      { phase: 3, day: "2026-06-01" },
    ]);
    await put({ org: "acme", team: "web", phases: [{ ...pilot, startsOn: "2026-02-09" }] });
    expect(await stored()).toEqual([{ phase: 1, day: "2026-02-09" }]);
    await put({ org: "acme", team: "web", phases: [] });
    expect(await stored()).toEqual([]);
  });

  it.each([
    [{ team: "nobody", phases: [] }, 404, undefined],
    [{ team: "web", phases: [{ phase: "pilot", startsOn: "2026-02-30" }] }, 422, "/phases/0/startsOn"],
    [{ team: "web", phases: [{ phase: "done", startsOn: "2026-02-01" }] }, 422, "/phases/0/phase"],
    [
      {
        team: "web",
        phases: [
          { phase: "full", startsOn: "2026-01-05" },
          { phase: "pilot", startsOn: "2026-02-02" },
        ],
      },
      422,
      "/phases/0/startsOn",
    ],
    [
      {
        team: "web",
        phases: [
          { phase: "pilot", startsOn: "2026-01-05" },
          { phase: "pilot", startsOn: "2026-02-02" },
        ],
      },
      422,
      "/phases",
    ],
  ])("refuse %j", async (body, status, pointer) => {
    const answer = await put({ org: "acme", ...body });
    expect([answer.status, (await answer.json()).pointer]).toEqual([status, pointer]);
    expect(await stored()).toEqual([]);
  });
});
