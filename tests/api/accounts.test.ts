import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PUT as accept, POST as lookUp } from "@/app/api/auth/invitations/route";
import { POST as setUp } from "@/app/api/auth/set-up/route";
import { POST as signInCode } from "@/app/api/auth/sign-in/code/route";
import { POST as signIn } from "@/app/api/auth/sign-in/route";
import { POST as signOut } from "@/app/api/auth/sign-out/route";
import { DELETE as revokeKey } from "@/app/api/v1/api-keys/[id]/route";
import { POST as createKey, GET as keys } from "@/app/api/v1/api-keys/route";
import { GET as audit } from "@/app/api/v1/audit/route";
import { GET as invitations, POST as invite } from "@/app/api/v1/invitations/route";
import { PUT as changePassword } from "@/app/api/v1/me/password/route";
import { GET as me } from "@/app/api/v1/me/route";
import { POST as beginFactor, PUT as confirmFactor, DELETE as removeFactor } from "@/app/api/v1/me/second-factor/route";
import { DELETE as endSession } from "@/app/api/v1/me/sessions/[id]/route";
import { GET as sessions } from "@/app/api/v1/me/sessions/route";
import { GET as metrics } from "@/app/api/v1/metrics/route";
import { PATCH as changeUser } from "@/app/api/v1/users/[id]/route";
import { GET as users } from "@/app/api/v1/users/route";
import { checkAnswersAgainstSchemas, type RouteHandler } from "@/lib/api/define-route";
import { verifyAudit } from "@/lib/audit/verify";
import { getAccounts } from "@/lib/auth/accounts";
import { issueSetUpCode } from "@/lib/auth/set-up";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertOrg, insertTeam } from "@/tests/factories/facts";
import { totpOf } from "@/tests/factories/totp";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();

const PASSWORD = "a heron in the harbour";
const OWNER = { name: "Olga Owner", email: "Olga@Example.com", password: PASSWORD };

/** Cookies that an answer sets, as a browser sends them back. */
function cookiesOf(response: Response): Record<string, string> {
  const pairs = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return { cookie: pairs.join("; "), origin: ORIGIN };
}

const post = (
  handler: RouteHandler | Parameters<typeof call>[0],
  path: string,
  body: unknown,
  as: Record<string, string> = {},
) => call(handler, path, { as: { origin: ORIGIN, ...as }, method: "POST", body });

let owner: Record<string, string>;

beforeAll(async () => {
  const code = await issueSetUpCode();
  const answer = await post(setUp, "/api/auth/set-up", { ...OWNER, code });
  expect(answer.status).toBe(200);
  owner = cookiesOf(answer);
});
beforeEach(async () => {
  await execute(sql`delete from rate_limit`);
});

describe("the set-up", () => {
  it("makes an owner who is signed in, with cookies that no other site or script can use", async () => {
    const answer = await call(me, "/api/v1/me", { as: owner });
    expect(await answer.json()).toMatchObject({
      name: "Olga Owner",
      email: "olga@example.com",
      role: "owner",
      teams: null,
    });
    const again = await post(signIn, "/api/auth/sign-in", { email: OWNER.email, password: PASSWORD });
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
    const id = await invited("viewer", "disabled@example.com");
    const session = cookiesOf(
      await post(signIn, "/api/auth/sign-in", { email: "disabled@example.com", password: PASSWORD }),
    );
    expect((await call(me, "/api/v1/me", { as: session })).status).toBe(200);
    expect((await patch(id, { disabled: true })).status).toBe(200);
    expect((await call(me, "/api/v1/me", { as: session })).status).toBe(401);
    const again = await post(signIn, "/api/auth/sign-in", { email: "disabled@example.com", password: PASSWORD });
    expect(again.status).toBe(401);
  });

  it("waits after five wrong passwords, and says for how long", async () => {
    const wrong = { email: "victim@example.com", password: "not the password" };
    for (let count = 0; count < 5; count += 1)
      expect((await post(signIn, "/api/auth/sign-in", wrong)).status).toBe(401);
    const refused = await post(signIn, "/api/auth/sign-in", wrong);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
    const other = await post(signIn, "/api/auth/sign-in", { email: OWNER.email, password: PASSWORD });
    expect(other.status).toBe(200);
  });

  it("does not count right passwords", async () => {
    for (let count = 0; count < 8; count += 1) {
      expect((await post(signIn, "/api/auth/sign-in", { email: OWNER.email, password: PASSWORD })).status).toBe(200);
    }
  });

  it("ends with signing out, in the database too", async () => {
    const session = cookiesOf(await post(signIn, "/api/auth/sign-in", { email: OWNER.email, password: PASSWORD }));
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
    const [name, value = ""] = (owner.cookie ?? "").split("=");
    for (const forged of [value.slice(0, -6), `${value.slice(0, 5)}x${value.slice(6)}`, "x", "", "%", "."]) {
      const answer = await call(me, "/api/v1/me", { as: { ...owner, cookie: `${name}=${forged}` } });
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
    expect((await end(owner, "s-other")).status).toBe(404);
    expect((await end(own, "s-other")).status).toBe(200);
    expect((await call(me, "/api/v1/me", { as: other })).status).toBe(401);
  });
});

const patch = (id: string, body: unknown, as = owner) =>
  call(changeUser, "/", { as, method: "PATCH", params: { id }, body });

/** Invites somebody and accepts. @returns the id of the user */
async function invited(role: string, email: string, teamIds: number[] = []): Promise<string> {
  const made = await post(invite, "/api/v1/invitations", { email, role, teamIds }, owner);
  expect(made.status).toBe(200);
  const { token } = await made.json();
  const accepted = await call(accept, "/", {
    as: { origin: ORIGIN },
    method: "PUT",
    body: { token, name: "Somebody", password: PASSWORD },
  });
  expect(accepted.status).toBe(200);
  const [user] = await query<{ id: string }>(sql`select id from app_user where email = ${email}`);
  return user?.id ?? "";
}

describe("an invitation", () => {
  it("is a link that works once", async () => {
    const made = await post(invite, "/api/v1/invitations", { email: "new@example.com", role: "finance" }, owner);
    const { token } = await made.json();
    const look = await post(lookUp, "/api/auth/invitations", { token });
    expect(await look.json()).toEqual({ email: "new@example.com", purpose: "join", role: "finance" });
    const listed = await (await call(invitations, "/", { as: owner })).text();
    expect(listed).toContain("new@example.com");
    expect(listed).not.toContain(token);
    const use = () =>
      call(accept, "/", { as: { origin: ORIGIN }, method: "PUT", body: { token, name: "New", password: PASSWORD } });
    const answers = await Promise.all([use(), use(), use()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    const session = cookiesOf(
      await post(signIn, "/api/auth/sign-in", { email: "new@example.com", password: PASSWORD }),
    );
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
      await post(invite, "/api/v1/invitations", { email: "weak@example.com", role: "viewer" }, owner)
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
    const id = await invited("lead", "lead@example.com", [team]);
    const { items } = await (await call(users, "/", { as: owner })).json();
    const lead = items.find((item: { id: string }) => item.id === id);
    expect(lead).toMatchObject({ role: "lead", teams: [{ id: team, org: "acme" }] });
    expect((await patch(id, { teamIds: [9999] })).status).toBe(422);
    expect((await patch(id, { role: "admin" })).status).toBe(200);
    const session = await sessionOf(id);
    expect(await (await call(me, "/", { as: session })).json()).toMatchObject({ role: "admin", teams: null });
  });

  it("are not made owners, or changed when they are, by an admin", async () => {
    const admin = await sessionOf(await insertUser("admin"));
    const [row] = await query<{ id: string }>(sql`select id from app_user where role = 'owner' and email like 'olga%'`);
    const viewer = await insertUser("viewer");
    expect((await patch(viewer, { role: "owner" }, admin)).status).toBe(403);
    expect((await patch(row?.id ?? "", { disabled: true }, admin)).status).toBe(403);
    expect((await post(invite, "/", { email: "o@example.com", role: "owner" }, admin)).status).toBe(403);
  });

  it("always leave an owner, however many are disabled at once", async () => {
    await execute(sql`update app_user set role = 'admin' where role = 'owner' and email not like 'olga%'`);
    const ids = [await insertUser("owner"), await insertUser("owner")];
    const all = await query<{ id: string }>(sql`select id from app_user where role = 'owner' order by id`);
    const by = await Promise.all(all.map(({ id }) => sessionOf(id)));
    const answers = await Promise.all(
      all.map(({ id }, index) => patch(id, { disabled: true }, by[(index + 1) % by.length])),
    );
    const [left] = await query<{ owners: number }>(
      sql`select count(*) as owners from app_user where role = 'owner' and disabled_at is null`,
    );
    expect(left?.owners).toBeGreaterThan(0);
    expect(answers.some(({ status }) => status !== 200)).toBe(true);
    await execute(sql`update app_user set disabled_at = null`);
    await execute(sql`delete from app_user where id = any(${ids})`);
    const [olga] = await query<{ id: string }>(sql`select id from app_user where role = 'owner'`);
    owner = await sessionOf(olga?.id ?? "");
  });
});

describe("a password", () => {
  it("is changed with the current one, and the other sessions end", async () => {
    await invited("viewer", "change@example.com");
    const enter = async (password: string) =>
      post(signIn, "/api/auth/sign-in", { email: "change@example.com", password });
    const [own, other] = [cookiesOf(await enter(PASSWORD)), cookiesOf(await enter(PASSWORD))];
    const change = (current: string, password: string) =>
      call(changePassword, "/", { as: own, method: "PUT", body: { current, password } });
    expect(await (await change("wrong", "another heron flies")).json()).toMatchObject({ pointer: "/current" });
    expect(await (await change(PASSWORD, "short")).json()).toMatchObject({ pointer: "/password" });
    const done = await change(PASSWORD, "another heron flies");
    expect(done.status).toBe(200);
    expect((await call(me, "/", { as: other })).status).toBe(401);
    expect((await call(me, "/", { as: cookiesOf(done) })).status).toBe(200);
    expect((await enter(PASSWORD)).status).toBe(401);
    expect((await enter("another heron flies")).status).toBe(200);
  });
});

describe("a second factor", () => {
  it("is asked for once it is confirmed; a backup code helps once", async () => {
    await invited("viewer", "factor@example.com");
    const enter = () => post(signIn, "/api/auth/sign-in", { email: "factor@example.com", password: PASSWORD });
    let session = cookiesOf(await enter());
    expect((await post(beginFactor, "/", { password: "wrong" }, session)).status).toBe(422);
    const { backupCodes, uri } = await (await post(beginFactor, "/", { password: PASSWORD }, session)).json();
    // It does not count before the first code.
    expect(await (await enter()).json()).toEqual({ needsCode: false });
    const confirm = (code: string) => call(confirmFactor, "/", { as: session, method: "PUT", body: { code } });
    expect((await confirm("000000")).status).toBe(422);
    const confirmed = await confirm(totpOf(uri));
    expect(confirmed.status).toBe(200);
    session = cookiesOf(confirmed);

    const first = await enter();
    expect(await first.json()).toEqual({ needsCode: true });
    const half = cookiesOf(first);
    expect((await call(me, "/", { as: half })).status).toBe(401);
    expect((await post(signInCode, "/", { code: "123456" }, half)).status).toBe(401);
    const whole = await post(signInCode, "/", { code: totpOf(uri) }, half);
    expect(whole.status).toBe(200);
    expect((await call(me, "/", { as: cookiesOf(whole) })).status).toBe(200);

    const backup = (await enter()).headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
    const withBackup = (code: string) => post(signInCode, "/", { code }, { cookie: backup });
    expect((await withBackup(backupCodes[0])).status).toBe(200);
    const again = cookiesOf(await enter());
    expect((await post(signInCode, "/", { code: backupCodes[0] }, again)).status).toBe(401);

    const remove = await call(removeFactor, "/", {
      as: cookiesOf(whole),
      method: "DELETE",
      body: { password: PASSWORD },
    });
    expect(remove.status).toBe(200);
    expect(await (await enter()).json()).toEqual({ needsCode: false });
  });
});

describe("a key", () => {
  it("is shown once, does what its scopes say, and ends at once", async () => {
    const made = await post(createKey, "/", { name: "ci", scopes: ["reports:read"], expiresInDays: 30 }, owner);
    const { id, key } = await made.json();
    expect(key).toMatch(/^fg_[\w-]{43}$/);
    const as = { authorization: `Bearer ${key}` };
    expect((await call(metrics, "/api/v1/metrics", { as })).status).toBe(200);
    expect((await call(users, "/", { as })).status).toBe(403);
    expect((await call(me, "/", { as })).status).toBe(403);
    const listed = await (await call(keys, "/", { as: owner })).json();
    expect(JSON.stringify(listed)).not.toContain(key);
    expect(listed.items[0]).toMatchObject({ prefix: key.slice(0, 9), state: "active", lastUsedAt: expect.any(String) });
    const stored = await query(sql`select row_to_json(k) as row from api_key k`);
    expect(JSON.stringify(stored)).not.toContain(key.slice(9));
    expect((await call(revokeKey, "/", { as: owner, method: "DELETE", params: { id } })).status).toBe(200);
    expect((await call(metrics, "/api/v1/metrics", { as })).status).toBe(401);
  });

  it("ends on its day, and with the user who made it", async () => {
    const id = await insertUser("admin");
    const admin = await sessionOf(id);
    const make = async () =>
      (await post(createKey, "/", { name: "a", scopes: ["reports:read"], expiresInDays: 1 }, admin)).json();
    const [one, two] = [await make(), await make()];
    const ask = async ({ key }: { key: string }) =>
      (await call(metrics, "/api/v1/metrics", { as: { authorization: `Bearer ${key}` } })).status;
    await execute(sql`update api_key set expires_at = now() - interval '1 second' where id = ${one.id}`);
    expect([await ask(one), await ask(two)]).toEqual([401, 200]);
    await patch(id, { disabled: true });
    expect(await ask(two)).toBe(401);
  });

  it.each(["Bearer", "Bearer fg_", "Basic abc", "Bearer nonsense", `Bearer fg_${"x".repeat(43)}`])(
    "is not %j, and the cookie beside it does not help",
    async (authorization) => {
      const answer = await call(metrics, "/api/v1/metrics", { as: { ...owner, authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    },
  );
});

describe("requests", () => {
  it("that change something say which page they come from", async () => {
    const [id, { cookie = "" }] = [await insertUser("viewer"), owner];
    const change = (headers: Record<string, string>) => patch(id, { disabled: false }, { cookie, ...headers });
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

describe("the audit log", () => {
  it("tells of all this, in a chain that holds", async () => {
    const { items } = await (await call(audit, "/api/v1/audit?limit=200", { as: owner })).json();
    const actions = new Set(items.map(({ action }: { action: string }) => action));
    for (const action of [
      "user.created",
      "sign_in.done",
      "sign_in.refused",
      "user.disabled",
      "key.created",
      "key.revoked",
      "user.second_factor_added",
      "invitation.created",
    ]) {
      expect(actions, action).toContain(action);
    }
    expect(await verifyAudit()).toEqual({ lines: items[0].seq, fault: null });
    const narrowed = await (await call(audit, "/api/v1/audit?action=key.", { as: owner })).json();
    expect(narrowed.items.every(({ action }: { action: string }) => action.startsWith("key."))).toBe(true);
  });

  it("is read in pages that miss and repeat nothing", async () => {
    const seen: number[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: { items: { seq: number }[]; nextCursor: string | null } = await (
        await call(audit, `/api/v1/audit?limit=7${cursor === "" ? "" : `&cursor=${cursor}`}`, { as: owner })
      ).json();
      seen.push(...page.items.map(({ seq }) => seq));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => seen.length - index));
  });
});

it("the accounts library has no route that could sign anybody up", async () => {
  const { api } = getAccounts();
  await expect(
    api.signUpEmail({ body: { email: "eve@example.com", password: PASSWORD, name: "Eve" } }),
  ).rejects.toThrow();
});
