import { describe, expect, it } from "vitest";
import { PUT as accept, POST as lookUp } from "@/app/api/auth/invitations/route";
import { GET as invitations, POST as invite } from "@/app/api/v1/invitations/route";
import { GET as me } from "@/app/api/v1/me/route";
import { GET as users } from "@/app/api/v1/users/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertOrg, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { cookiesOf, enter, join, PASSWORD, patchUser, post, useOwner } from "./account-calls";
import { call, ORIGIN } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();
const owner = useOwner();

describe("an invitation", () => {
  it("is a link that works once", async () => {
    const made = await post(invite, "/api/v1/invitations", { email: "new@example.com", role: "finance" }, owner.proof);
    const { token } = await made.json();
    const look = await post(lookUp, "/api/auth/invitations", { token });
    expect(await look.json()).toEqual({ email: "new@example.com", purpose: "join", role: "finance" });
    const listed = await (await call(invitations, "/", { as: owner.proof })).text();
    expect(listed).toContain("new@example.com");
    expect(listed).not.toContain(token);
    const use = () =>
      call(accept, "/", { as: { origin: ORIGIN }, method: "PUT", body: { token, name: "New", password: PASSWORD } });
    const answers = await Promise.all([use(), use(), use()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    const session = cookiesOf(await enter("new@example.com"));
    expect(await (await call(me, "/", { as: session })).json()).toMatchObject({ role: "finance", name: "New" });
  });

  it.each([
    ["short", "seven77"],
    ["common", "unbelievable"],
    ["common behind figures", "123sunshine!!"],
    ["the address", "weak@example.com"],
    ["the product", "fleetgauge123"],
    ["one piece again and again", "abcabcabcabcabc"],
  ])("takes no password that is %s", async (_, password) => {
    const { token } = await (
      await post(invite, "/api/v1/invitations", { email: "weak@example.com", role: "viewer" }, owner.proof)
    ).json();
    const answer = await call(accept, "/", {
      as: { origin: ORIGIN },
      method: "PUT",
      body: { token, name: "W", password },
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ pointer: "/password" });
    expect((await post(lookUp, "/", { token })).status).toBe(200);
  });
});

describe("users", () => {
  it("are given teams, and see nothing without any", async () => {
    const org = await insertOrg("acme");
    const team = await insertTeam(org, "payments");
    const id = await join(owner.proof, "lead", "lead@example.com", [team]);
    const { items } = await (await call(users, "/", { as: owner.proof })).json();
    const lead = items.find((item: { id: string }) => item.id === id);
    expect(lead).toMatchObject({ role: "lead", teams: [{ id: team, org: "acme" }] });
    expect((await patchUser(owner.proof, id, { teamIds: [9999] })).status).toBe(422);
    expect((await patchUser(owner.proof, id, { role: "admin" })).status).toBe(200);
    const session = await sessionOf(id);
    expect(await (await call(me, "/", { as: session })).json()).toMatchObject({ role: "admin", teams: null });
  });

  it("are not made owners, or changed when they are, by an admin", async () => {
    const admin = await sessionOf(await insertUser("admin"));
    const [row] = await query<{ id: string }>(sql`select id from app_user where role = 'owner' and email like 'olga%'`);
    const viewer = await insertUser("viewer");
    expect((await patchUser(admin, viewer, { role: "owner" })).status).toBe(403);
    expect((await patchUser(admin, row?.id ?? "", { disabled: true })).status).toBe(403);
    expect((await post(invite, "/", { email: "o@example.com", role: "owner" }, admin)).status).toBe(403);
  });

  it("always leave an owner, however many are disabled at once", async () => {
    await execute(sql`update app_user set role = 'admin' where role = 'owner' and email not like 'olga%'`);
    const ids = [await insertUser("owner"), await insertUser("owner")];
    const all = await query<{ id: string }>(sql`select id from app_user where role = 'owner' order by id`);
    const by = await Promise.all(all.map(({ id }) => sessionOf(id)));
    const answers = await Promise.all(
      all.map(({ id }, index) => patchUser(by[(index + 1) % by.length] ?? {}, id, { disabled: true })),
    );
    const [left] = await query<{ owners: number }>(
      sql`select count(*) as owners from app_user where role = 'owner' and disabled_at is null`,
    );
    expect(left?.owners).toBeGreaterThan(0);
    expect(answers.some(({ status }) => status !== 200)).toBe(true);
    await execute(sql`update app_user set disabled_at = null`);
    await execute(sql`delete from app_user where id = any(${ids})`);
    const [olga] = await query<{ id: string }>(sql`select id from app_user where role = 'owner'`);
    owner.proof = await sessionOf(olga?.id ?? "");
  });
});
