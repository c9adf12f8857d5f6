import { beforeAll, describe, expect, it } from "vitest";
import { DELETE as remove } from "@/app/api/v1/roi/scenarios/[id]/route";
import { POST as keep, GET as list } from "@/app/api/v1/roi/scenarios/route";
import type { KeptScenario } from "@/components/query/use-scenarios";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { NEUTRAL_INPUTS } from "@/lib/roi/engine/inputs";
import { ensureOrganization } from "@/lib/settings/organizations";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let as: Record<string, string>;
beforeAll(async () => {
  const { id } = await ensureOrganization({ slug: "acme" });
  await insertTeam(id, "payments");
  as = { ...(await sessionOf(await insertUser("finance"))), origin: ORIGIN };
});

const PLAN = {
  org: "acme",
  team: null,
  name: "Less review",
  currency: "EUR",
  why: "Tests do it",
  inputs: NEUTRAL_INPUTS,
};
const post = (more: object = {}) => call(keep, "/api/v1/roi/scenarios", { as, body: { ...PLAN, ...more } });
const listed = async () =>
  ((await (await call(list, "/api/v1/roi/scenarios", { as })).json()) as { items: KeptScenario[] }).items;

describe("scenarios", () => {
  it("are kept version by version, and the same again is no new one", async () => {
    expect(await (await post()).json()).toMatchObject({ version: 1 });
    expect(await (await post({ why: "Said otherwise" })).json()).toMatchObject({ version: 1 });
    expect(await (await post({ inputs: { ...NEUTRAL_INPUTS, hoursSaved: "1.25" } })).json()).toMatchObject({
      version: 2,
    });
    expect(await (await post({ team: "payments", name: "Of a team" })).json()).toMatchObject({ version: 1 });
    const items = await listed();
    expect(items.map(({ name, team, version }) => [name, version, team])).toEqual([
      ["Of a team", 1, "payments"],
      ["Less review", 2, null],
      ["Less review", 1, null],
    ]);
    expect(items[1]).toMatchObject({ currency: "EUR", why: "Tests do it", inputs: { hoursSaved: "1.25" } });
    expect(items[2]?.inputs).toEqual(NEUTRAL_INPUTS);
    const [noted] = await query(
      sql`select after from audit_event where action = 'roi.scenario_kept' order by seq desc limit 1`,
    );
    expect(noted).toMatchObject({ after: { version: 1, team: "payments" } });
  });

  it.each([
    ["a share above all", { inputs: { ...NEUTRAL_INPUTS, realisation: "1.1" } }, 422, "/inputs/realisation"],
    ["less than nothing", { inputs: { ...NEUTRAL_INPUTS, developerRate: "-5" } }, 422, "/inputs/developerRate"],
    ["no number", { inputs: { ...NEUTRAL_INPUTS, seats: "many" } }, 422, "/inputs/seats"],
    ["half a month", { inputs: { ...NEUTRAL_INPUTS, horizonMonths: "1.5" } }, 422, "/inputs/horizonMonths"],
    ["no month", { inputs: { ...NEUTRAL_INPUTS, rampMonths: "0" } }, 422, "/inputs/rampMonths"],
    ["an input too few", { inputs: { ...NEUTRAL_INPUTS, seats: undefined } }, 422, "/inputs/seats"],
    ["an input too many", { inputs: { ...NEUTRAL_INPUTS, luck: "1" } }, 422, "/inputs/luck"],
    ["no name", { name: "  " }, 422, "/name"],
    ["nothing of what it is about", { why: "" }, 422, "/why"],
    ["an organisation that is not there", { org: "nowhere" }, 404, "/org"],
    ["a team that is not there", { team: "nobody" }, 404, "/team"],
  ])("are refused with %s", async (_, more, status, pointer) => {
    const before = await listed();
    const answer = await post(more);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ pointer })]);
    expect(await listed()).toEqual(before);
  });

  it("are removed with all their versions, which stay as they were, and the name goes on counting", async () => {
    const [found] = (await listed()).filter(({ name }) => name === "Less review");
    const params = { id: String(found?.id) };
    const path = `/api/v1/roi/scenarios/${params.id}`;
    expect((await call(remove, path, { as, method: "DELETE", params })).status).toBe(200);
    expect((await listed()).map(({ isRemoved, name }) => [name, isRemoved])).toEqual([
      ["Of a team", false],
      ["Less review", true],
      ["Less review", true],
    ]);
    expect((await call(remove, path, { as, method: "DELETE", params })).status).toBe(404);
    const [row] = await query<{ count: string }>(
      sql`select count(*)::text as count from roi_scenario where name = 'Less review' and removed_at is not null`,
    );
    expect(row?.count).toBe("2");
    expect(await (await post({ inputs: { ...NEUTRAL_INPUTS, hoursSaved: "1.25" } })).json()).toMatchObject({
      version: 3,
    });
  });
});
