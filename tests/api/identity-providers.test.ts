import { generateKeyPair } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { POST as begin, PUT as finish } from "@/app/api/auth/sign-in/provider/route";
import { PATCH as changeProvider, DELETE as removeProvider } from "@/app/api/v1/identity-providers/[id]/route";
import { POST as addProvider, GET as providers } from "@/app/api/v1/identity-providers/route";
import { DELETE as unlink } from "@/app/api/v1/me/identities/[id]/route";
import { POST as beginLink, GET as identities } from "@/app/api/v1/me/identities/route";
import { GET as me } from "@/app/api/v1/me/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertOrg, insertTeam } from "@/tests/factories/facts";
import { CLIENT_ID, CLIENT_SECRET, type Mutation, TestIdentityProvider } from "@/tests/mocks/identity-provider/server";
import { useTestDatabase } from "@/tests/setup/test-database";
import { cookiesOf, type Proof, patchUser, post, useOwner } from "./account-calls";
import { call, ORIGIN } from "./call";

// The environment is read once, when the first module asks for it.
vi.hoisted(() => {
  process.env.EGRESS_ALLOW_HOSTS = "127.0.0.1";
});
useTestDatabase();
checkAnswersAgainstSchemas();
const owner = useOwner();

let idp: TestIdentityProvider;
let [payments, platform] = [0, 0];

const settings = () => ({
  label: "Okta",
  issuer: idp.issuer,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  domains: ["example.com"],
  roleClaim: "realm.groups",
  rules: [
    { value: "fleet-admins", role: "admin" },
    { value: "payments", role: "lead", teamIds: [payments] },
    { value: "platform", role: "lead", teamIds: [platform] },
    { value: null, role: "viewer", teamIds: [] },
  ],
});

beforeAll(async () => {
  idp = await TestIdentityProvider.start();
  const org = await insertOrg("acme");
  [payments, platform] = [await insertTeam(org, "payments"), await insertTeam(org, "platform")];
  const added = await post(addProvider, "/", settings(), owner.proof);
  expect(added.status).toBe(200);
});
afterEach(() => {
  idp.mutation = {};
});
afterAll(() => idp.close());

let serial = 0;
const claimsOf = (claims: Record<string, unknown> = {}) => {
  serial += 1;
  return { sub: `person-${serial}`, email: `p${serial}@example.com`, email_verified: true, name: "Pia", ...claims };
};

const start = async (provider = "okta", next = "/rollbacks") => {
  const answer = await post(begin, "/", { provider, next });
  expect(answer.status).toBe(200);
  return { url: (await answer.json()).url as string, browser: cookiesOf(answer) };
};
const back = (answer: string, browser: Proof) => call(finish, "/", { as: browser, method: "PUT", body: { answer } });

/** Goes to the provider as a person with these claims, and comes back. */
async function visit(claims: Record<string, unknown>): Promise<Response> {
  const { browser, url } = await start();
  return back(idp.authorize(url, claims), browser);
}

const meOf = async (answer: Response) => (await call(me, "/", { as: sessionCookie(answer) })).json();
/** Without the cookie that forgets the attempt. */
const sessionCookie = (answer: Response): Proof => ({
  cookie: answer.headers.getSetCookie().find((cookie) => cookie.includes("session=")) ?? "",
  origin: ORIGIN,
});
const errorOf = async (answer: Response): Promise<string> => (await answer.json()).detail;

describe("a sign-in with an identity provider", () => {
  it("goes there with a proof of its own, and makes a user with the role and teams of the rules", async () => {
    const { browser, url } = await start();
    const asked = new URL(url).searchParams;
    expect(asked.get("redirect_uri")).toBe(`${ORIGIN}/sign-in/return`);
    expect(asked.get("code_challenge_method")).toBe("S256");
    expect(url).not.toContain(CLIENT_SECRET);
    const claims = claimsOf({ realm: { groups: ["payments", "platform", "other"] } });
    const answer = await back(idp.authorize(url, claims), browser);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ next: "/rollbacks" });
    for (const part of ["HttpOnly", "Secure", "Path=/", "SameSite=Lax"]) {
      for (const cookie of answer.headers.getSetCookie()) expect(cookie).toContain(part);
    }
    expect(await meOf(answer)).toMatchObject({
      name: "Pia",
      email: claims.email,
      role: "lead",
      teams: ["payments", "platform"],
    });
    expect(idp.authenticated.at(-1)).toMatch(/^Basic /);
  });

  it("follows the rules each time, and knows a person by the number, not by the address", async () => {
    const claims = claimsOf({ realm: { groups: ["fleet-admins"] } });
    expect(await meOf(await visit(claims))).toMatchObject({ role: "admin" });
    const later = { ...claims, email: "new-name@example.com", realm: { groups: [] } };
    const answer = await visit(later);
    expect(await meOf(answer)).toMatchObject({ role: "viewer", email: claims.email });
    // The address was given to somebody else meanwhile.
    const heir = await visit({ ...claims, sub: "another" });
    expect(heir.status).toBe(403);
    expect(await errorOf(heir)).toContain("another person of Okta");
  });

  it("asks the provider for what the token does not say", async () => {
    idp.mutation = {
      claims: ({ email: _, realm: __, ...claims }) => claims,
      userinfo: (claims) => claims,
    };
    const answer = await visit(claimsOf({ realm: { groups: ["payments"] } }));
    expect(await meOf(answer)).toMatchObject({ role: "lead", teams: ["payments"] });
  });

  it("joins a user who is there already, but never an owner or one with a second factor", async () => {
    const viewer = await insertUser("viewer");
    const admin = await insertUser("admin");
    await execute(sql`update app_user set two_factor_enabled = true where id = ${admin}`);
    const at = async (id: string) => {
      const [row] = await query<{ email: string }>(sql`select email from app_user where id = ${id}`);
      return visit(claimsOf({ email: row?.email }));
    };
    expect(await meOf(await at(viewer))).toMatchObject({ id: viewer });
    for (const answer of [await at(admin), await visit(claimsOf({ email: "olga@example.com" }))]) {
      expect(answer.status).toBe(403);
      expect(await errorOf(answer)).toContain("Sign in with your password once");
      expect(answer.headers.getSetCookie().join()).not.toContain("session=");
    }
  });

  it("is refused to whoever is disabled", async () => {
    const claims = claimsOf();
    const { id } = await meOf(await visit(claims));
    await patchUser(owner.proof, id, { disabled: true });
    const answer = await visit(claims);
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie().join()).not.toContain("session=");
  });

  it("is not finished in another browser, twice, or too late", async () => {
    const { browser, url } = await start();
    const other = await start();
    const answer = idp.authorize(url, claimsOf());
    expect((await back(answer, { origin: ORIGIN })).status).toBe(400);
    expect((await back(answer, other.browser)).status).toBe(400);
    expect((await back(answer, browser)).status).toBe(200);
    expect((await back(answer, browser)).status).toBe(400);
    await execute(sql`update sign_in_attempt set created_at = now() - interval '11 minutes'`);
    expect((await back(idp.authorize(other.url, claimsOf()), other.browser)).status).toBe(400);
  });

  it("says in the provider's words why it did not happen, and the audit log keeps it", async () => {
    const { browser, url } = await start();
    const state = new URL(url).searchParams.get("state") ?? "";
    const denied = new URLSearchParams({
      error: "access_denied",
      error_description: "Not today.",
      state,
      iss: idp.issuer,
    });
    const answer = await back(denied.toString(), browser);
    expect(answer.status).toBe(401);
    expect(await errorOf(answer)).toBe("Okta did not sign you in: Not today.");
    const [line] = await query<{ after: string }>(
      sql`select after from audit_event where action = 'sign_in.refused' order by seq desc limit 1`,
    );
    expect(line?.after).toContain("Not today.");
  });
});

const seconds = () => Math.floor(Date.now() / 1000);
const unsigned = (token: string, header: object) => {
  const [, payload = ""] = token.split(".");
  return `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${payload}.`;
};
const changed = (token: string) => {
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const text = JSON.stringify({ ...claims, email: "olga@example.com" });
  return `${header}.${Buffer.from(text).toString("base64url")}.${signature}`;
};

/** Providers and persons that prove nothing. */
const MUTANTS: Record<string, () => Mutation | Promise<Mutation>> = {
  "a token that is not signed": () => ({ token: (token) => unsigned(token, { alg: "none" }) }),
  "a token that is not signed, by a provider that announces it": () => ({
    token: (token) => unsigned(token, { alg: "none" }),
    metadata: (metadata) => ({ ...metadata, id_token_signing_alg_values_supported: ["none", "RS256"] }),
  }),
  "the public key taken for a shared secret": () => ({
    header: { alg: "HS256" },
    key: new TextEncoder().encode(idp.publicKeyText),
  }),
  "the client secret as the key": () => ({
    header: { alg: "HS256" },
    key: new TextEncoder().encode(CLIENT_SECRET),
    metadata: (metadata) => ({ ...metadata, id_token_signing_alg_values_supported: ["HS256", "RS256"] }),
  }),
  "another key": async () => ({ key: (await generateKeyPair("RS256")).privateKey }),
  "a key that is not published": () => ({ header: { kid: "key-2" } }),
  "no keys at all": () => ({ keys: () => [] }),
  "a token that was changed": () => ({ token: changed }),
  "a token without its signature": () => ({ token: (token) => token.slice(0, token.lastIndexOf(".") + 1) }),
  "a token that is no token": () => ({ token: () => "a.b.c" }),
  "no token": () => ({ answer: ({ id_token: _, ...answer }) => answer }),
  "another issuer in the token": () => ({ claims: (claims) => ({ ...claims, iss: "https://attacker.example" }) }),
  "another issuer at the address": () => ({
    metadata: (metadata) => ({ ...metadata, issuer: "https://attacker.example" }),
  }),
  "a token for another client": () => ({ claims: (claims) => ({ ...claims, aud: "somebody-else" }) }),
  "a token for several, given to another": () => ({
    claims: (claims) => ({ ...claims, aud: [CLIENT_ID, "other"], azp: "other" }),
  }),
  "a token for nobody": () => ({ claims: ({ aud: _, ...claims }) => claims }),
  "another nonce": () => ({ claims: (claims) => ({ ...claims, nonce: "another" }) }),
  "no nonce": () => ({ claims: ({ nonce: _, ...claims }) => claims }),
  "a token that is over": () => ({ claims: (claims) => ({ ...claims, iat: seconds() - 900, exp: seconds() - 600 }) }),
  "a token that never ends": () => ({ claims: ({ exp: _, ...claims }) => claims }),
  "a token without a time": () => ({ claims: ({ iat: _, ...claims }) => claims }),
  "a token from the future": () => ({ claims: (claims) => ({ ...claims, nbf: seconds() + 900 }) }),
  "nobody in particular": () => ({ claims: ({ sub: _, ...claims }) => claims }),
  "an address that was not verified": () => ({ claims: (claims) => ({ ...claims, email_verified: false }) }),
  "an address that nothing is said about": () => ({ claims: ({ email_verified: _, ...claims }) => claims }),
  "an address of another company": () => ({ claims: (claims) => ({ ...claims, email: "x@example.org" }) }),
  "an address that only ends alike": () => ({ claims: (claims) => ({ ...claims, email: "x@evilexample.com" }) }),
  "an address with two signs": () => ({ claims: (claims) => ({ ...claims, email: "x@example.com@evil.org" }) }),
  "another person at the other endpoint": () => ({
    claims: ({ email: _, ...claims }) => claims,
    userinfo: (claims) => ({ ...claims, sub: "somebody-else" }),
  }),
};

describe("nobody comes in with", () => {
  const users = async () => (await query(sql`select from app_user`)).length;

  it.each(Object.keys(MUTANTS))("%s", async (name) => {
    const before = await users();
    const { browser, url } = await start();
    idp.mutation = (await MUTANTS[name]?.()) ?? {};
    const answer = await back(idp.authorize(url, claimsOf({ realm: { groups: ["fleet-admins"] } })), browser);
    expect([401, 403]).toContain(answer.status);
    expect(answer.headers.getSetCookie().join()).not.toContain("session=");
    expect(await users()).toBe(before);
  });

  it("a code of another sign-in, or an answer in the name of another provider", async () => {
    const [one, two] = [await start(), await start()];
    const foreign = new URLSearchParams(idp.authorize(two.url, claimsOf()));
    foreign.set("state", new URL(one.url).searchParams.get("state") ?? "");
    expect((await back(foreign.toString(), one.browser)).status).toBe(401);
    const three = await start();
    const swapped = new URLSearchParams(idp.authorize(three.url, claimsOf()));
    swapped.set("iss", "https://attacker.example");
    expect((await back(swapped.toString(), three.browser)).status).toBe(401);
  });

  it("no rule that is for them", async () => {
    await call(changeProvider, "/", {
      as: owner.proof,
      method: "PATCH",
      params: { id: "okta" },
      body: { rules: settings().rules.slice(0, 3) },
    });
    const answer = await visit(claimsOf({ realm: { groups: ["sales"] } }));
    expect(answer.status).toBe(403);
    expect(await errorOf(answer)).toContain("No rule of Okta");
    await call(changeProvider, "/", {
      as: owner.proof,
      method: "PATCH",
      params: { id: "okta" },
      body: { rules: settings().rules },
    });
  });
});

describe("somebody who is signed in", () => {
  const beginAs = async (as: Proof) => {
    const answer = await post(beginLink, "/", { provider: "okta", next: "/account" }, as);
    const { url } = await answer.json();
    return { url: url as string, browser: { ...as, cookie: `${as.cookie}; ${cookiesOf(answer).cookie}` } };
  };

  it("adds a provider, signs in with it, and takes it away", async () => {
    const claims = claimsOf();
    const { browser, url } = await beginAs(owner.proof);
    expect((await back(idp.authorize(url, claims), browser)).status).toBe(200);
    expect(await meOf(await visit(claims))).toMatchObject({ email: "olga@example.com", role: "owner" });
    const { items } = await (await call(identities, "/", { as: owner.proof })).json();
    expect(items).toEqual([{ id: "okta", label: "Okta", isLinked: true }]);
    const gone = await call(unlink, "/", { as: owner.proof, method: "DELETE", params: { id: "okta" } });
    expect(gone.status).toBe(200);
    expect((await visit({ ...claims, email: "olga@example.com" })).status).toBe(403);
  });

  it("does not get somebody else's, and keeps a way in", async () => {
    const claims = claimsOf();
    const own = await visit(claims);
    const viewer = sessionCookie(own);
    const only = await call(unlink, "/", { as: viewer, method: "DELETE", params: { id: "okta" } });
    expect(only.status).toBe(409);
    const other = await sessionOf(await insertUser("viewer"));
    const { browser, url } = await beginAs(other);
    const taken = await back(idp.authorize(url, claims), browser);
    expect(taken.status).toBe(403);
    // Begun by one, ended by another.
    const begun = await beginAs(other);
    const swapped = begun.browser.cookie?.replace(other.cookie ?? "", viewer.cookie ?? "") ?? "";
    expect((await back(idp.authorize(begun.url, claimsOf()), { origin: ORIGIN, cookie: swapped })).status).toBe(403);
  });
});

describe("the settings of a provider", () => {
  it("never show or keep the secret readably, and say what was changed", async () => {
    const changedTo = await call(changeProvider, "/", {
      as: owner.proof,
      method: "PATCH",
      params: { id: "okta" },
      body: { label: "Okta EU" },
    });
    expect(changedTo.status).toBe(200);
    const listed = await (await call(providers, "/", { as: owner.proof })).text();
    expect(listed).toContain("Okta EU");
    const [row] = await query<{ text: string }>(
      sql`select (select string_agg(row_to_json(p)::text, '') from identity_provider p)
        || (select string_agg(row_to_json(a)::text, '') from audit_event a) as text`,
    );
    for (const text of [listed, row?.text ?? CLIENT_SECRET]) expect(text).not.toContain(CLIENT_SECRET);
    expect(row?.text).toContain("identity_provider.changed");
  });

  it.each([
    ["/issuer", () => ({ issuer: "ftp://example.com" })],
    ["/issuer", () => ({ issuer: `${idp.issuer}/other` })],
    ["/issuer", () => ({ issuer: "https://10.0.0.1" })],
    ["/domains/0", () => ({ domains: ["@example.com"] })],
    ["/domains", () => ({ domains: [] })],
    ["/rules/0/role", () => ({ rules: [{ value: null, role: "owner" }] })],
    ["/rules", () => ({ rules: [] })],
    ["/teamIds/0", () => ({ rules: [{ value: null, role: "lead", teamIds: [9999] }] })],
  ])("are refused with what is wrong at %s", async (pointer, wrong) => {
    const answer = await post(addProvider, "/", { ...settings(), ...wrong() }, owner.proof);
    expect([400, 422]).toContain(answer.status);
    expect(await answer.json()).toMatchObject({ pointer });
  });

  it("have an address of their own, whatever they are called and however many are added at once", async () => {
    const add = async (label: string) =>
      (await (await post(addProvider, "/", { ...settings(), label }, owner.proof)).json()).id;
    const ids = await Promise.all([add("Okta"), add("Okta"), add("会社"), add("会社"), add(`${"a-".repeat(29)}é`)]);
    expect(ids.slice(0, 4).sort()).toEqual(["okta-2", "okta-3", "openid", "openid-2"]);
    expect(ids[4]).toMatch(/^(a-){17}a$/);
    for (const id of ids) {
      await call(removeProvider, "/", { as: owner.proof, method: "DELETE", params: { id } });
    }
  });

  it("take every way in with them when they go", async () => {
    const claims = claimsOf();
    await visit(claims);
    const gone = await call(removeProvider, "/", { as: owner.proof, method: "DELETE", params: { id: "okta" } });
    expect(gone.status).toBe(200);
    expect((await post(begin, "/", { provider: "okta" })).status).toBe(404);
    const left = await query(sql`select from user_account where provider_id <> 'credential'`);
    expect(left).toEqual([]);
  });
});
