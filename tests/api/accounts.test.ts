import { describe, expect, it } from "vitest";
import { POST as setUp } from "@/app/api/auth/set-up/route";
import { POST as signIn } from "@/app/api/auth/sign-in/route";
import { POST as signOut } from "@/app/api/auth/sign-out/route";
import { GET as me } from "@/app/api/v1/me/route";
import { DELETE as endSession } from "@/app/api/v1/me/sessions/[id]/route";
import { GET as sessions } from "@/app/api/v1/me/sessions/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { getAccounts } from "@/lib/auth/accounts";
import { issueSetUpCode } from "@/lib/auth/set-up";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { cookiesOf, enter, join, OWNER, PASSWORD, patchUser, post, useOwner } from "./account-calls";
import { call, ORIGIN } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();
const owner = useOwner();

describe("the set-up", () => {
  it("makes an owner who is signed in, with cookies that no other site or script can use", async () => {
    const answer = await call(me, "/api/v1/me", { as: owner.proof });
    expect(await answer.json()).toMatchObject({
      name: "Olga Owner",
      email: "olga@example.com",
      role: "owner",
      teams: null,
    });
    const again = await enter(OWNER.email);
    const [cookie = ""] = again.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-fleetgauge_session=[^;]+;/);
    for (const part of ["HttpOnly", "Secure", "Path=/", "SameSite=Lax"]) expect(cookie).toContain(part);
    expect(cookie).not.toContain("Domain");
    expect(await again.text()).not.toContain("token");
  });

  it("happens once, and gives no second code", async () => {
    expect(await issueSetUpCode()).toBeNull();
    const answer = await post(setUp, "/api/auth/set-up", { ...OWNER, email: "x@example.com", code: "AAAA-AAAA-AAAA" });
    expect(answer.status).toBe(409);
  });

  it("keeps no password but its hash with Argon2id", async () => {
    const [row] = await query<{ password: string }>(sql`select password from user_account`);
    expect(row?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const dump = await query(sql`select row_to_json(a) as row from audit_event a`);
    expect(JSON.stringify(dump)).not.toContain(PASSWORD);
  });
});

describe("signing in", () => {
  it.each([
    ["a wrong password", { email: OWNER.email, password: "not the password" }],
    ["an unknown address", { email: "nobody@example.com", password: PASSWORD }],
    ["no address at all", { email: "nobody", password: PASSWORD }],
  ])("is refused in the same words for %s", async (_, body) => {
    const answer = await post(signIn, "/api/auth/sign-in", body);
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.json()).toMatchObject({ detail: "The e-mail address or the password is wrong." });
  });

  it("is refused for whoever was disabled, whose sessions end at once", async () => {
    const id = await join(owner.proof, "viewer", "disabled@example.com");
    const session = cookiesOf(await enter("disabled@example.com"));
    expect((await call(me, "/api/v1/me", { as: session })).status).toBe(200);
    expect((await patchUser(owner.proof, id, { disabled: true })).status).toBe(200);
    expect((await call(me, "/api/v1/me", { as: session })).status).toBe(401);
    const again = await enter("disabled@example.com");
    expect(again.status).toBe(401);
  });

  it("waits after five wrong passwords, and says for how long", async () => {
    const wrong = { email: "victim@example.com", password: "not the password" };
    for (let count = 0; count < 5; count += 1)
      expect((await post(signIn, "/api/auth/sign-in", wrong)).status).toBe(401);
    const refused = await post(signIn, "/api/auth/sign-in", wrong);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
    const other = await enter(OWNER.email);
    expect(other.status).toBe(200);
  });

  it("does not count right passwords", async () => {
    for (let count = 0; count < 8; count += 1) {
      expect((await enter(OWNER.email)).status).toBe(200);
    }
  });

  it("ends with signing out, in the database too", async () => {
    const session = cookiesOf(await enter(OWNER.email));
    const answer = await call(signOut, "/api/auth/sign-out", { as: session, method: "POST" });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie().join()).toContain("Max-Age=0");
    expect((await call(me, "/api/v1/me", { as: session })).status).toBe(401);
  });
});

describe("a session", () => {
  it("ends a week after it began, and after eight hours without a request", async () => {
    const id = await insertUser("viewer");
    expect((await call(me, "/api/v1/me", { as: await sessionOf(id) })).status).toBe(200);
    expect((await call(me, "/api/v1/me", { as: await sessionOf(id, { age: 7 * 3600 }) })).status).toBe(200);
    expect((await call(me, "/api/v1/me", { as: await sessionOf(id, { age: 8 * 3600 + 1 }) })).status).toBe(401);
    expect((await call(me, "/api/v1/me", { as: await sessionOf(id, { isExpired: true }) })).status).toBe(401);
  });

  it("is nobody's with another signature", async () => {
    const [name, value = ""] = (owner.proof.cookie ?? "").split("=");
    const another = value[5] === "x" ? "y" : "x";
    for (const forged of [value.slice(0, -6), `${value.slice(0, 5)}${another}${value.slice(6)}`, "x", "", "%", "."]) {
      const answer = await call(me, "/api/v1/me", { as: { ...owner.proof, cookie: `${name}=${forged}` } });
      expect(answer.status, forged).toBe(401);
    }
  });

  it("is listed and ended by its own user alone", async () => {
    const id = await insertUser("viewer");
    const [own, other] = [await sessionOf(id, { id: "s-own" }), await sessionOf(id, { id: "s-other" })];
    const { items } = await (await call(sessions, "/api/v1/me/sessions", { as: own })).json();
    expect(items.map((item: { id: string; current: boolean }) => [item.id, item.current])).toEqual([
      ["s-own", true],
      ["s-other", false],
    ]);
    const end = (session: Record<string, string>, sessionId: string) =>
      call(endSession, "/", { as: session, method: "DELETE", params: { id: sessionId } });
    expect((await end(owner.proof, "s-other")).status).toBe(404);
    expect((await end(own, "s-other")).status).toBe(200);
    expect((await call(me, "/api/v1/me", { as: other })).status).toBe(401);
  });
});

describe("requests", () => {
  it("that change something say which page they come from", async () => {
    const [id, { cookie = "" }] = [await insertUser("viewer"), owner.proof];
    const change = (headers: Record<string, string>) => patchUser({ cookie, ...headers }, id, { disabled: false });
    expect((await change({})).status).toBe(403);
    for (const origin of [
      "https://attacker.example",
      "null",
      "http://127.0.0.1:9999",
      "http://127.0.0.1:3000.attacker.example",
    ]) {
      expect((await change({ origin })).status, origin).toBe(403);
    }
    expect((await change({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await change({ "sec-fetch-site": "same-site", origin: ORIGIN })).status).toBe(403);
    expect((await change({ "sec-fetch-site": "same-origin" })).status).toBe(200);
    expect((await change({ origin: ORIGIN })).status).toBe(200);
  });
});

it("the accounts library has no route that could sign anybody up", async () => {
  const { api } = getAccounts();
  await expect(
    api.signUpEmail({ body: { email: "eve@example.com", password: PASSWORD, name: "Eve" } }),
  ).rejects.toThrow();
});
