import fs from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { PUT as accept, POST as lookUp } from "@/app/api/auth/invitations/route";
import { POST as setUp } from "@/app/api/auth/set-up/route";
import { POST as signInCode } from "@/app/api/auth/sign-in/code/route";
import { POST as begin, PUT as finish } from "@/app/api/auth/sign-in/provider/route";
import { POST as signIn } from "@/app/api/auth/sign-in/route";
import { DELETE as revokeKey } from "@/app/api/v1/api-keys/[id]/route";
import { POST as createKey } from "@/app/api/v1/api-keys/route";
import { POST as connect } from "@/app/api/v1/connections/route";
import { POST as finishApp } from "@/app/api/v1/github-apps/conversions/route";
import { POST as beginApp } from "@/app/api/v1/github-apps/route";
import { POST as addProvider } from "@/app/api/v1/identity-providers/route";
import { POST as invite } from "@/app/api/v1/invitations/route";
import { PUT as changePassword } from "@/app/api/v1/me/password/route";
import { GET as me } from "@/app/api/v1/me/route";
import { POST as beginFactor } from "@/app/api/v1/me/second-factor/route";
import { GET as metrics } from "@/app/api/v1/metrics/route";
import { POST as hook } from "@/app/api/webhooks/github/route";
import { createLogger } from "@/lib/core/logger";
import { createPool } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { migrateJobs } from "@/lib/jobs/worker";
import { appPrivateKey, listApps } from "@/lib/settings/github/apps";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { generateDataset } from "@/tests/mocks/github/generate";
import { TestGitHub } from "@/tests/mocks/github/server";
import { CLIENT_ID, CLIENT_SECRET, TestIdentityProvider } from "@/tests/mocks/identity-provider/server";
import { useTestDatabase } from "@/tests/setup/test-database";
import { cookiesOf, OWNER, PASSWORD, post, useOwner } from "./account-calls";
import { call, ORIGIN } from "./call";

const ENVIRONMENT = vi.hoisted(() => {
  const held = {
    FLEETGAUGE_SECRET: "planted: the secret of the installation",
    FLEETGAUGE_PREVIOUS_SECRETS: "planted: the secret of last year, planted: the secret before that one",
    FLEETGAUGE_INIT_ADMIN_EMAIL: "first@example.com",
    FLEETGAUGE_INIT_ADMIN_PASSWORD: "planted password of the first",
    FLEETGAUGE_INIT_API_KEY: "fg_planted-key-of-the-environment",
    GITHUB_WEBHOOK_SECRET: "planted webhook secret, planted webhook secret of before",
  };
  Object.assign(process.env, held, { EGRESS_ALLOW_HOSTS: "127.0.0.1", LOG_LEVEL: "trace" });
  return held;
});
const database = useTestDatabase();
const owner = useOwner();

/** What must not be read anywhere, by what it is. */
const planted = new Map<string, string>();
const plant = (what: string, secret: string): string => {
  planted.set(what, secret);
  return secret;
};

let echo: Server;
let github: TestGitHub;
let idp: TestIdentityProvider;
let written = "";

beforeAll(async () => {
  await migrateJobs(database.url);
  // A server that says in its error whatever it was told.
  echo = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const message = `Not so: ${JSON.stringify(request.headers)} ${request.url} ${body}`;
      response.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ message, error: message }));
    });
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  const end = new Date("2026-06-30T00:00:00Z");
  const dataset = generateDataset({ login: "hooli", seed: 4, repositories: 1, pullRequests: 3, end, days: 9 });
  github = await TestGitHub.start({ dataset, tokens: new Set([plant("token of GitHub", "github_pat_planted_good")]) });
  idp = await TestIdentityProvider.start();
});
afterAll(async () => {
  await new Promise((resolve) => echo.close(resolve));
  await github.close();
  await idp.close();
});

/** Lines of the log are written straight to the file descriptor: from here on they are kept instead. */
function readLog(): void {
  const write = fs.writeSync;
  vi.spyOn(fs, "writeSync").mockImplementation(((fd: number, text: string, ...rest: []) => {
    if (fd !== 2) return write(fd, text, ...rest);
    written += text;
    return Buffer.byteLength(text);
  }) as typeof fs.writeSync);
}

async function useAccounts(): Promise<void> {
  await post(setUp, "/api/auth/set-up", { ...OWNER, code: plant("code of the set-up", "PLAN-TEDC-ODE1") });
  plant("password of the owner", PASSWORD);
  const wrong = plant("wrong password", "planted wrong password");
  await post(signIn, "/api/auth/sign-in", { email: OWNER.email, password: wrong });
  await post(signInCode, "/api/auth/sign-in/code", { code: plant("backup code", "pLaNt-3dC0d") });
  const next = plant("next password", "planted heron of tomorrow");
  await call(changePassword, "/", { as: owner.proof, method: "PUT", body: { current: wrong, password: next } });
  await call(changePassword, "/", {
    as: owner.proof,
    method: "PUT",
    body: { current: PASSWORD, password: plant("weak password", "fleetgauge12") },
  });
  const factor = await (await post(beginFactor, "/", { password: PASSWORD }, owner.proof)).json();
  plant("secret of the second factor", new URL(factor.uri).searchParams.get("secret") ?? "");
  plant("first backup code", factor.backupCodes[0]);
  const cookie = cookiesOf(await post(signIn, "/", { email: OWNER.email, password: PASSWORD })).cookie ?? "";
  plant("cookie of a session", decodeURIComponent(cookie).split("=")[1]?.split(".")[0] ?? "");
  const invited = await post(invite, "/", { email: "new@example.com", role: "viewer" }, owner.proof);
  const token = plant("token of an invitation", (await invited.json()).token);
  await post(lookUp, "/", { token });
  const chosen = plant("password of the invited", "planted by the invited");
  await call(accept, "/", { as: { origin: ORIGIN }, method: "PUT", body: { token, name: "New", password: chosen } });
  await post(lookUp, "/", { token: plant("made-up token", "planted-token-of-nobody") });
}

async function useKeys(): Promise<void> {
  const made = await post(
    createKey,
    "/",
    { name: "ci", scopes: ["reports:read", "events:write"], expiresInDays: 1 },
    owner.proof,
  );
  const answer = await made.json();
  const key = plant("key", answer.key);
  plant("signing secret", answer.signingSecret);
  await call(metrics, "/api/v1/metrics", { as: { authorization: `Bearer ${key}` } });
  const unknown = plant("unknown key", "fg_planted-key-that-nobody-made");
  await call(metrics, "/api/v1/metrics", { as: { authorization: `Bearer ${unknown}` } });
  const basic = plant("basic credentials", Buffer.from("planted:basic password").toString("base64"));
  await call(metrics, "/api/v1/metrics", { as: { authorization: `Basic ${basic}` } });
  const inPath = plant("key in a path", "fg_planted-key-in-a-path");
  await call(revokeKey, `/api/v1/api-keys/${inPath}`, { as: owner.proof, method: "DELETE", params: { id: inPath } });
  const inQuery = plant("token in a query", "planted-token-in-a-query");
  await call(metrics, `/api/v1/metrics?token=${inQuery}`, { as: owner.proof });
  const forged = plant("forged cookie", "planted-forged-cookie");
  await call(me, "/", { as: { cookie: `__Host-fleetgauge_session=${forged}` } });
  await post(createKey, "/", `{"name": "${plant("secret in broken JSON", "planted in broken JSON")}"`, owner.proof);
  await post(createKey, "/", { [plant("secret as a field", "planted as a field")]: 1 }, owner.proof);
}

async function useGitHub(): Promise<void> {
  const account = { account: "hooli", apiUrl: github.url };
  const connected = await post(connect, "/", { ...account, token: planted.get("token of GitHub") }, owner.proof);
  plant("secret of a webhook", (await connected.json()).webhookSecret);
  const bad = plant("bad token of GitHub", "ghp_planted0bad0token0of0github");
  await post(connect, "/", { ...account, token: bad }, owner.proof);
  const { port } = echo.address() as AddressInfo;
  const told = plant("token that a server repeats", "planted-token-of-another-kind");
  await post(connect, "/", { account: "hooli", apiUrl: `http://127.0.0.1:${port}`, token: told }, owner.proof);
  const begun = await (await post(beginApp, "/", { account: "hooli", apiUrl: `${github.url}/` }, owner.proof)).json();
  const body = new URLSearchParams({ manifest: JSON.stringify(begun.manifest) });
  const at = await fetch(begun.action, { method: "POST", body, redirect: "manual" });
  const back = new URL(at.headers.get("location") ?? "").searchParams;
  plant("code of an App", back.get("code") ?? "");
  plant("state of an App", back.get("state") ?? "");
  await post(finishApp, "/", Object.fromEntries(back), owner.proof);
  const [app] = await listApps();
  const { privateKey } = await appPrivateKey(app?.id ?? 0);
  plant("key of an App", privateKey.split("\n")[1] ?? "");
  const signature = plant("signature of a webhook", `sha256=${"ab".repeat(32)}`);
  await call(hook, "/", {
    as: null,
    body: { zen: plant("body of a webhook", "planted in a body that nobody signed") },
    headers: { "x-github-event": "ping", "x-github-delivery": "1", "x-hub-signature-256": signature },
  });
}

async function useProvider(): Promise<void> {
  plant("secret of a client", CLIENT_SECRET);
  const settings = {
    label: "Acme",
    issuer: idp.issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    domains: ["example.com"],
    rules: [{ value: null, role: "viewer" }],
  };
  await post(addProvider, "/", settings, owner.proof);
  const { port } = echo.address() as AddressInfo;
  const clientSecret = plant("secret of a client elsewhere", "planted client secret for nobody");
  await post(addProvider, "/", { ...settings, issuer: `http://127.0.0.1:${port}`, clientSecret }, owner.proof);
  const start = async () => {
    const answer = await post(begin, "/", { provider: "acme", next: "/" });
    return { url: (await answer.json()).url as string, browser: cookiesOf(answer) };
  };
  const { browser, url } = await start();
  plant("state of a sign-in", new URL(url).searchParams.get("state") ?? "");
  plant("nonce of a sign-in", new URL(url).searchParams.get("nonce") ?? "");
  const answer = idp.authorize(url, { sub: "1", email: "p@example.com", email_verified: true });
  plant("code of a sign-in", new URLSearchParams(answer).get("code") ?? "");
  idp.mutation = {
    token: (token) => plant("ID token", token),
    answer: (given) => ({ ...given, access_token: plant("access token", "planted-access-token") }),
  };
  const back = (text: string, as: Record<string, string>) =>
    call(finish, "/", { as, method: "PUT", body: { answer: text } });
  await back(answer, browser);
  // A provider that answers with what it was sent.
  const again = await start();
  const { port: other } = echo.address() as AddressInfo;
  idp.mutation = { metadata: (metadata) => ({ ...metadata, token_endpoint: `http://127.0.0.1:${other}/token` }) };
  const second = idp.authorize(again.url, { sub: "1", email: "p@example.com", email_verified: true });
  plant("code that a server repeats", new URLSearchParams(second).get("code") ?? "");
  await back(second, again.browser);
}

/** What parts of the product could write without thinking. */
async function failWithSecrets(): Promise<void> {
  const { FLEETGAUGE_PREVIOUS_SECRETS: previous, GITHUB_WEBHOOK_SECRET: hooks } = ENVIRONMENT;
  plant("secret of the installation", ENVIRONMENT.FLEETGAUGE_SECRET);
  for (const [index, secret] of previous.split(", ").entries()) plant(`previous secret ${index}`, secret);
  for (const [index, secret] of hooks.split(", ").entries()) plant(`webhook secret ${index}`, secret);
  plant("password of the environment", ENVIRONMENT.FLEETGAUGE_INIT_ADMIN_PASSWORD);
  plant("key of the environment", ENVIRONMENT.FLEETGAUGE_INIT_API_KEY);
  const address = new URL(database.url);
  address.password = plant("password of the database", "planted-password-of-the-database");
  address.port = "1";
  const pool = createPool(address.href, "planted");
  const log = createLogger("planted");
  await pool.query("select 1").catch((error: unknown) => log.error({ err: error, url: address.href }, "no database"));
  await pool.end();
  for (const secret of planted.values()) {
    if (ENVIRONMENT.FLEETGAUGE_SECRET === secret || previous.includes(secret) || hooks.includes(secret)) {
      log.error({ err: new Error(`It was ${secret}`), deep: { down: { here: secret } } }, `With ${secret}`);
    }
  }
  log.warn({ password: PASSWORD, headers: { authorization: "x", cookie: "y" } }, "with fields that have a name");
}

it("no line of the log, and no line of the audit log, holds any of forty secrets", async () => {
  readLog();
  await useAccounts();
  await useKeys();
  await useGitHub();
  await useProvider();
  await failWithSecrets();
  await call(me, "/", { as: await sessionOf(await insertUser("viewer")) });
  const lines = written.trim().split("\n");
  expect(lines.length).toBeGreaterThan(35);
  for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow();
  expect(lines.some((line) => line.includes('"request failed"') || line.includes("With [redacted]"))).toBe(true);
  const [audit] = await query<{ text: string }>(
    sql`select string_agg(row_to_json(a)::text, '') as text from audit_event a`,
  );
  expect(planted.size).toBeGreaterThanOrEqual(40);
  for (const [what, secret] of planted) {
    expect(secret.length, what).toBeGreaterThan(7);
    expect(written.includes(secret), `${what} in the log`).toBe(false);
    expect(audit?.text.includes(secret), `${what} in the audit log`).toBe(false);
  }
});
