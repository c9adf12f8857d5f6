import { beforeAll, describe, expect, it } from "vitest";
import { DELETE } from "@/app/api/v1/me/views/[id]/route";
import { GET, POST } from "@/app/api/v1/me/views/route";
import type { SavedView } from "@/lib/settings/types";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();

let [ada, bob]: Record<string, string>[] = [];
beforeAll(async () => {
  ada = { ...(await sessionOf(await insertUser("lead"))), origin: ORIGIN };
  bob = { ...(await sessionOf(await insertUser("viewer"))), origin: ORIGIN };
});

const PATH = "/api/v1/me/views";
const list = async (as: Record<string, string> | undefined) =>
  ((await (await call(GET, PATH, { as: as ?? {} })).json()) as { items: SavedView[] }).items;
const save = (as: Record<string, string> | undefined, body: object) => call(POST, PATH, { as: as ?? {}, body });
const remove = (as: Record<string, string> | undefined, id: string) =>
  call(DELETE, `${PATH}/${id}`, { as: as ?? {}, method: "DELETE", params: { id } });

const VIEW = { name: "Monday look", path: "/rollbacks?team=payments&period=4w" };

describe("saved views", () => {
  it("are one's own unless they are shared, and a name is one view", async () => {
    expect((await save(ada, VIEW)).status).toBe(200);
    await save(ada, { ...VIEW, path: "/rollbacks?team=search" });
    expect(await list(ada)).toMatchObject([{ ...VIEW, path: "/rollbacks?team=search", isShared: false, isOwn: true }]);
    expect(await list(bob)).toEqual([]);
    await save(ada, { ...VIEW, isShared: true });
    expect(await list(bob)).toMatchObject([{ ...VIEW, isShared: true, isOwn: false, by: expect.any(String) }]);
  });

  it("are removed by whoever saved them alone", async () => {
    const [view] = await list(ada);
    const id = String(view?.id);
    expect((await remove(bob, id)).status).toBe(404);
    expect((await remove(ada, "x")).status).toBe(404);
    expect((await remove(ada, id)).status).toBe(200);
    expect(await list(bob)).toEqual([]);
  });

  it.each([
    ["another server's address", { path: "//evil.example/x" }, "/path"],
    ["an address with a scheme", { path: "javascript:alert(1)" }, "/path"],
    ["an address with a line break", { path: "/rollbacks?a=\n" }, "/path"],
    ["a backslash at its beginning", { path: "/\\evil.example" }, "/path"],
    ["no name", { name: "  " }, "/name"],
  ])("refuse %s", async (_, wrong, pointer) => {
    const answer = await save(ada, { ...VIEW, ...wrong });
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ pointer })]);
  });

  it("are a hundred at most", async () => {
    for (let index = 0; index < 100; index += 1) await save(bob, { ...VIEW, name: `View ${index}` });
    expect((await save(bob, { ...VIEW, name: "One more" })).status).toBe(409);
    expect((await save(bob, { ...VIEW, name: "View 7" })).status).toBe(200);
    expect(await list(bob)).toHaveLength(100);
  });
});
