import { beforeAll, describe, expect, it } from "vitest";
import { DELETE } from "@/app/api/v1/milestones/[id]/route";
import { GET, POST } from "@/app/api/v1/milestones/route";
import type { Milestone } from "@/lib/settings/types";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertOrg, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

const PATH = "/api/v1/milestones";
let [admin, lead, viewer]: Record<string, string>[] = [];
beforeAll(async () => {
  const org = await insertOrg("acme");
  const payments = await insertTeam(org, "payments");
  await insertTeam(org, "search");
  const as = async (...user: Parameters<typeof insertUser>) => ({
    ...(await sessionOf(await insertUser(...user))),
    origin: ORIGIN,
  });
  admin = await as("admin");
  lead = await as("lead", { teamIds: [payments] });
  viewer = await as("viewer", { teamIds: [payments] });
});

const list = async (as: Record<string, string> | undefined) =>
  ((await (await call(GET, PATH, { as: as ?? {} })).json()) as { items: Milestone[] }).items;
const add = (as: Record<string, string> | undefined, body: object) =>
  call(POST, PATH, {
    as: as ?? {},
    body: { org: "acme", day: "2026-05-04", kind: "model", title: "New model", ...body },
  });
const remove = (as: Record<string, string> | undefined, id: string) =>
  call(DELETE, `${PATH}/${id}`, { as: as ?? {}, method: "DELETE", params: { id } });

describe("milestones", () => {
  it("are of everybody or of a team, and seen by whoever sees that team", async () => {
    expect((await add(admin, {})).status).toBe(200);
    expect((await add(admin, { team: "search", title: "Index", kind: "index", day: "2026-06-01" })).status).toBe(200);
    expect((await add(lead, { team: "payments", title: "Template", kind: "template", day: "2026-04-01" })).status).toBe(
      200,
    );
    expect(await list(admin)).toMatchObject([
      { title: "Index", team: "search", day: "2026-06-01" },
      { title: "New model", team: null, kind: "model", by: expect.any(String) },
      { title: "Template", team: "payments" },
    ]);
    expect((await list(viewer)).map(({ title }) => title)).toEqual(["New model", "Template"]);
  });

  it("of everybody and of other teams are not a lead’s to make or take away", async () => {
    const everybody = await add(lead, {});
    expect([everybody.status, (await everybody.json()).detail]).toEqual([
      403,
      expect.stringContaining("one of your teams"),
    ]);
    expect((await add(lead, { team: "search" })).status).toBe(404);
    const [index, model, template] = (await list(admin)).map(({ id }) => String(id));
    expect((await remove(lead, index ?? "")).status).toBe(404);
    expect((await remove(lead, model ?? "")).status).toBe(404);
    expect((await remove(lead, "x")).status).toBe(404);
    expect((await remove(lead, template ?? "")).status).toBe(200);
    expect((await remove(admin, model ?? "")).status).toBe(200);
    expect((await list(admin)).map(({ title }) => title)).toEqual(["Index"]);
  });

  it.each([
    [{ title: " " }, "/title"],
    [{ title: "x".repeat(121) }, "/title"],
    [{ day: "2026-02-30" }, "/day"],
    [{ day: "04.05.2026" }, "/day"],
    [{ kind: "weather" }, "/kind"],
    [{ org: "nobody" }, "/org"],
    [{ team: "nobody" }, "/team"],
    [{ extra: 1 }, "/extra"],
  ])("are refused with %j", async (body, pointer) => {
    const answer = await add(admin, body);
    expect([404, 422]).toContain(answer.status);
    expect(await answer.json()).toMatchObject({ pointer });
  });
});
