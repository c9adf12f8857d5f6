import { beforeAll, describe, expect, it, vi } from "vitest";
import { GET as pullRequest } from "@/app/api/v1/pull-requests/[id]/route";
import { GET as timeline } from "@/app/api/v1/pull-requests/[id]/timeline/route";
import { GET as pullRequests } from "@/app/api/v1/pull-requests/route";
import type { RouteHandler } from "@/lib/api/define-route";
import { COMMAND_ACTOR } from "@/lib/auth/actor";
import { createKey, revokeKey } from "@/lib/auth/keys";
import { KEY_SCOPES, type KeyScope } from "@/lib/auth/roles";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertFacts, insertOrg, insertRepo, insertTeam } from "@/tests/factories/facts";
import { insertFleet } from "@/tests/factories/fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

vi.hoisted(() => {
  process.env.API_REQUESTS_PER_MINUTE = "0";
});
useTestDatabase();

/**
 * Who may call what, written down a second time: a check that is taken out of the product, or a route that nobody
 * thought about, fails here. `nobody` needs no proof; `person` takes a session of anybody and no key.
 */
const ROUTES: Readonly<
  Record<
    string,
    | "nobody"
    | "person"
    | KeyScope
    | "verdicts:write"
    | "money:write"
    | "users:manage"
    | "keys:manage"
    | "settings:manage"
  >
> = {
  "POST /api/auth/set-up": "nobody",
  "POST /api/auth/sign-in": "nobody",
  "POST /api/auth/sign-in/code": "nobody",
  "POST /api/auth/sign-in/provider": "nobody",
  "PUT /api/auth/sign-in/provider": "nobody",
  "POST /api/auth/sign-out": "nobody",
  "POST /api/auth/invitations": "nobody",
  "PUT /api/auth/invitations": "nobody",
  "POST /api/webhooks/github": "nobody",
  "GET /api/v1/me": "person",
  "PUT /api/v1/me/password": "person",
  "POST /api/v1/me/second-factor": "person",
  "PUT /api/v1/me/second-factor": "person",
  "DELETE /api/v1/me/second-factor": "person",
  "GET /api/v1/me/sessions": "person",
  "DELETE /api/v1/me/sessions": "person",
  "DELETE /api/v1/me/sessions/[id]": "person",
  "GET /api/v1/me/views": "person",
  "POST /api/v1/me/views": "person",
  "DELETE /api/v1/me/views/[id]": "person",
  "GET /api/v1/me/identities": "person",
  "POST /api/v1/me/identities": "person",
  "DELETE /api/v1/me/identities/[id]": "person",
  "GET /api/v1/metrics": "reports:read",
  "POST /api/v1/metrics/query": "reports:read",
  "POST /api/v1/metrics/batch": "reports:read",
  "GET /api/v1/dimensions": "reports:read",
  "GET /api/v1/pull-requests": "reports:read",
  "GET /api/v1/pull-requests/[id]": "reports:read",
  "GET /api/v1/pull-requests/[id]/timeline": "reports:read",
  "GET /api/v1/operations": "reports:read",
  "GET /api/v1/rollbacks": "reports:read",
  "POST /api/v1/rollbacks/curve": "reports:read",
  "POST /api/v1/rollbacks/comparison": "reports:read",
  "POST /api/v1/rollbacks/first-events": "reports:read",
  "GET /api/v1/sample": "reports:read",
  "GET /api/v1/exports/[report]": "exports:read",
  "GET /api/v1/reports": "person",
  "POST /api/v1/reports": "person",
  "GET /api/v1/reports/[id]": "exports:read",
  "POST /api/v1/reports/previews": "person",
  "GET /api/v1/reports/schedules": "person",
  "POST /api/v1/reports/schedules": "person",
  "DELETE /api/v1/reports/schedules/[id]": "person",
  "POST /api/v1/reports/schedules/[id]/deliveries": "person",
  "GET /api/v1/data-health": "health:read",
  "POST /api/v1/sample": "connections:manage",
  "DELETE /api/v1/sample": "connections:manage",
  "GET /api/v1/connections": "connections:manage",
  "POST /api/v1/connections": "connections:manage",
  "POST /api/v1/connections/[id]": "connections:manage",
  "GET /api/v1/deliveries": "connections:manage",
  "GET /api/v1/deliveries/[id]": "connections:manage",
  "POST /api/v1/deliveries/[id]/replay": "connections:manage",
  "GET /api/v1/github-apps": "connections:manage",
  "POST /api/v1/github-apps": "connections:manage",
  "POST /api/v1/github-apps/conversions": "connections:manage",
  "POST /api/v1/github-apps/installations": "connections:manage",
  "GET /api/v1/imports": "connections:manage",
  "POST /api/v1/imports": "connections:manage",
  "POST /api/v1/repository-owners": "connections:manage",
  "PUT /api/v1/roster": "users:manage",
  "PUT /api/v1/rollout-phases": "users:manage",
  "POST /api/v1/events": "events:write",
  "POST /api/v1/alerts/[source]": "events:write",
  "POST /api/v1/deployments/[source]": "events:write",
  "POST /api/otlp/[key]/v1/logs": "events:write",
  "POST /api/otlp/[key]/v1/metrics": "events:write",
  "POST /api/otlp/[key]/v1/traces": "events:write",
  "POST /api/otlp/v1/traces": "events:write",
  "POST /api/otlp/v1/logs": "events:write",
  "POST /api/otlp/v1/metrics": "events:write",
  "GET /api/v1/deliveries/sources": "connections:manage",
  "POST /api/v1/cdevents": "events:write",
  "GET /api/v1/events/schema": "nobody",
  "POST /api/v1/coverage": "events:write",
  "POST /api/v1/findings": "events:write",
  "GET /api/v1/milestones": "reports:read",
  "POST /api/v1/milestones": "verdicts:write",
  "DELETE /api/v1/milestones/[id]": "verdicts:write",
  "PUT /api/v1/surveys": "users:manage",
  "PUT /api/v1/suggestions": "users:manage",
  "POST /api/v1/costs/query": "money:read",
  "GET /api/v1/costs/feeds": "connections:manage",
  "POST /api/v1/costs/feeds": "connections:manage",
  "DELETE /api/v1/costs/feeds/[id]": "connections:manage",
  "POST /api/v1/costs/feeds/[id]/pulls": "connections:manage",
  "GET /api/v1/pull-requests/[id]/sessions": "money:read",
  "POST /api/v1/costs/telemetry": "money:read",
  "GET /api/v1/costs/imports": "money:write",
  "POST /api/v1/costs/imports": "money:write",
  "DELETE /api/v1/costs/imports/[id]": "money:write",
  "POST /api/v1/costs/token-prices/lists": "money:write",
  "POST /api/v1/costs/centres": "money:write",
  "PUT /api/v1/costs/centres/[id]": "money:write",
  "DELETE /api/v1/costs/centres/[id]": "money:write",
  "GET /api/v1/costs/entries": "money:write",
  "POST /api/v1/costs/entries": "money:write",
  "PUT /api/v1/costs/entries/[id]": "money:write",
  "DELETE /api/v1/costs/entries/[id]": "money:write",
  "GET /api/v1/costs/token-prices": "money:write",
  "PUT /api/v1/costs/token-prices": "money:write",
  "POST /api/v1/costs/imports/checks": "money:write",
  "POST /api/v1/roi/models": "money:read",
  "PUT /api/v1/roi/assumptions": "money:write",
  "PUT /api/v1/roi/exchange-rates": "money:write",
  "GET /api/v1/roi/closes": "money:read",
  "POST /api/v1/roi/closes": "money:write",
  "GET /api/v1/roi/closes/[id]": "money:read",
  "POST /api/v1/roi/closes/[id]/reopen": "money:write",
  "GET /api/v1/roi/scenarios": "money:read",
  "POST /api/v1/roi/scenarios": "money:write",
  "DELETE /api/v1/roi/scenarios/[id]": "money:write",
  "GET /api/v1/benchmarks": "reports:read",
  "POST /api/v1/benchmarks": "settings:manage",
  "DELETE /api/v1/benchmarks/[id]": "settings:manage",
  "PUT /api/v1/pull-requests/[id]/cause": "verdicts:write",
  "PATCH /api/v1/pull-requests/[id]/verdict": "verdicts:write",
  "POST /api/v1/metrics/ranking": "reports:read",
  "POST /api/v1/metrics/seniority": "reports:read",
  "POST /api/v1/metrics/standouts": "reports:read",
  "POST /api/v1/metrics/reviewer-load": "reports:read",
  "GET /api/v1/rollout": "reports:read",
  "POST /api/v1/rollout/effect": "reports:read",
  "POST /api/v1/rollout/pilot": "reports:read",
  "GET /api/v1/users": "users:manage",
  "PATCH /api/v1/users/[id]": "users:manage",
  "POST /api/v1/users/[id]/reset-link": "users:manage",
  "GET /api/v1/invitations": "users:manage",
  "POST /api/v1/invitations": "users:manage",
  "DELETE /api/v1/invitations/[id]": "users:manage",
  "GET /api/v1/teams": "users:manage",
  "GET /api/v1/identity-providers": "users:manage",
  "POST /api/v1/identity-providers": "users:manage",
  "PATCH /api/v1/identity-providers/[id]": "users:manage",
  "DELETE /api/v1/identity-providers/[id]": "users:manage",
  "GET /api/v1/api-keys": "keys:manage",
  "POST /api/v1/api-keys": "keys:manage",
  "DELETE /api/v1/api-keys/[id]": "keys:manage",
  "GET /api/v1/rules": "settings:manage",
  "PUT /api/v1/rules": "settings:manage",
  "POST /api/v1/rules/previews": "settings:manage",
  "GET /api/v1/rules/previews/[id]": "settings:manage",
  "GET /api/v1/settings/persons": "settings:manage",
  "PUT /api/v1/settings/persons": "settings:manage",
  "GET /api/v1/settings/retention": "settings:manage",
  "PUT /api/v1/settings/retention": "settings:manage",
  "GET /api/v1/audit": "audit:read",
  "GET /api/v1/audit/export": "audit:read",
};

/** What a process says of itself, and what can be asked: it holds nothing of the data. */
const PLAIN = ["/app/api/live/route.ts", "/app/api/ready/route.ts", "/app/api/openapi.json/route.ts"];

const EVERYTHING = [...KEY_SCOPES, "verdicts:write", "money:write", "users:manage", "keys:manage", "settings:manage"];
const MAY: Readonly<Record<string, readonly string[]>> = {
  owner: EVERYTHING,
  admin: EVERYTHING,
  finance: ["reports:read", "exports:read", "money:read", "money:write", "health:read"],
  lead: ["reports:read", "exports:read", "verdicts:write"],
  viewer: ["reports:read", "exports:read"],
};

const files = import.meta.glob<Record<string, unknown>>("/app/api/**/route.ts", { eager: true });
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

interface Route {
  name: string;
  method: string;
  path: string;
  handler: RouteHandler;
}

const isHandler = (value: unknown): value is RouteHandler => typeof value === "function" && "description" in value;

const routes: Route[] = Object.entries(files).flatMap(([file, exported]) =>
  METHODS.flatMap((method) => {
    const handler = exported[method];
    const path = file.replace(/^\/app/, "").replace(/\/route\.ts$/, "");
    return isHandler(handler) ? [{ name: `${method} ${path}`, method, path, handler }] : [];
  }),
);

interface Actor {
  name: string;
  proof: Record<string, string>;
  /** Permissions; null: not let in at all. */
  may: readonly string[] | null;
  isPerson: boolean;
}

const actors: Actor[] = [];
let [own, other, elsewhere] = ["", "", ""];

beforeAll(async () => {
  const { org, web } = await insertFleet();
  const [payments] = await query<{ id: number }>(sql`select id from team where slug = 'payments'`);
  const teamA = payments?.id ?? 0;
  const teamB = await insertTeam(org, "platform");
  const day = "2026-03-20T10:00:00Z";
  await insertFacts(org, web, [
    { number: 30, mergedAt: day, kind: "human", teamId: teamA },
    { number: 31, mergedAt: day, kind: "human", teamId: teamB },
  ]);
  const foreign = await insertOrg("elsewhere");
  const repo = await insertRepo(foreign, "plans", { completeTo: "2026-03-31T01:00:00Z" });
  await insertFacts(foreign, repo, [{ number: 1, mergedAt: day, kind: "human" }]);
  [own, other, elsewhere] = [`${web}-30`, `${web}-31`, `${repo}-1`];

  const person = async (
    name: string,
    role: "owner" | "admin" | "finance" | "lead" | "viewer",
    teamIds: number[] = [],
  ) => {
    const id = await insertUser(role, { teamIds });
    actors.push({ name, proof: await sessionOf(id), may: MAY[role] ?? [], isPerson: true });
  };
  actors.push({ name: "nobody", proof: { origin: ORIGIN }, may: null, isPerson: false });
  await person("viewer of team A", "viewer", [teamA]);
  await person("viewer of team B", "viewer", [teamB]);
  await person("lead of team A", "lead", [teamA]);
  await person("finance", "finance");
  await person("admin", "admin");
  await person("owner", "owner");
  const disabled = await insertUser("owner", { disabled: true });
  actors.push({ name: "disabled owner", proof: await sessionOf(disabled), may: null, isPerson: false });
  const late = await sessionOf(await insertUser("owner"), { isExpired: true });
  actors.push({ name: "owner, session over", proof: late, may: null, isPerson: false });
  for (const scope of KEY_SCOPES) {
    const { key } = await createKey(COMMAND_ACTOR, { name: scope, scopes: [scope], expiresInDays: 1 });
    actors.push({ name: `key for ${scope}`, proof: { authorization: `Bearer ${key}` }, may: [scope], isPerson: false });
  }
  const revoked = await createKey(COMMAND_ACTOR, { name: "revoked", scopes: KEY_SCOPES, expiresInDays: 1 });
  await revokeKey(COMMAND_ACTOR, revoked.id);
  actors.push({ name: "revoked key", proof: { authorization: `Bearer ${revoked.key}` }, may: null, isPerson: false });
  const over = await createKey(COMMAND_ACTOR, { name: "over", scopes: KEY_SCOPES, expiresInDays: 1 });
  await execute(sql`update api_key set expires_at = now() - interval '1 second' where id = ${over.id}`);
  actors.push({ name: "key that is over", proof: { authorization: `Bearer ${over.key}` }, may: null, isPerson: false });
});

it("every route and method has a row, and no row is about nothing", () => {
  const found = routes.map(({ name }) => name).sort();
  expect(found).toEqual(Object.keys(ROUTES).sort());
  const plain = Object.keys(files).filter((file) => !METHODS.some((method) => isHandler(files[file]?.[method])));
  expect(plain.sort()).toEqual([...PLAIN].sort());
});

/** These note what they do in the transaction that does it (lib/auth), or change nothing that matters to others. */
const NOTING_THEMSELVES =
  /^\/api\/(auth|v1\/(me|users|invitations|api-keys|identity-providers|settings\/persons))(\/|$)/;
/** Questions that are too long for an address. */
const ASKING =
  /^\/api\/v1\/(metrics\/(query|batch|ranking|seniority|standouts|reviewer-load)|rollbacks\/(curve|comparison|first-events)|rollout\/(effect|pilot)|rules\/previews|reports\/previews|roi\/models|costs\/(query|telemetry|imports\/checks))$/;

it("what changes something, and every download, is noted in the audit log", () => {
  const silent = routes.filter(
    ({ handler, method, path }) =>
      (method !== "GET" || handler.description.response === null) &&
      !handler.description.isAudited &&
      !NOTING_THEMSELVES.test(path) &&
      !ASKING.test(path),
  );
  // A delivery is kept as it came, and what CI and other programs tell are events of the log, for every pull request of the company.
  expect(silent.map(({ name }) => name)).toEqual([
    "POST /api/otlp/[key]/v1/logs",
    "POST /api/otlp/[key]/v1/metrics",
    "POST /api/otlp/[key]/v1/traces",
    "POST /api/otlp/v1/logs",
    "POST /api/otlp/v1/metrics",
    "POST /api/otlp/v1/traces",
    "POST /api/v1/alerts/[source]",
    "POST /api/v1/cdevents",
    "POST /api/v1/coverage",
    "POST /api/v1/deployments/[source]",
    "POST /api/v1/events",
    "POST /api/v1/findings",
    "POST /api/webhooks/github",
  ]);
});

/** What a caller has to be told before anything else is looked at; null: it is let in. */
function expectedRefusal(row: string, { isPerson, may }: Actor): 401 | 403 | null {
  if (row === "nobody") return null;
  if (may === null) return 401;
  if (row === "person") return isPerson ? null : 403;
  return may.includes(row) ? null : 403;
}

/** Asks a route as everybody. @returns who was answered otherwise than its row says */
async function wronglyAnswered({ handler, method, name, path }: Route): Promise<string[]> {
  const hasBody = handler.description.body !== null;
  const wrong: string[] = [];
  for (const actor of actors) {
    // Nothing that is let in gets further than to what is wrong with it.
    const { status } = await call(handler, path.replace("[report]", "no.such").replace("[id]", "0"), {
      as: actor.proof,
      method,
      params: { id: "0", report: "no.such" },
      ...(hasBody && { body: { nothing: "of the kind" } }),
    });
    const refusal = expectedRefusal(ROUTES[name] ?? "", actor);
    const isRight = refusal === null ? status !== 401 && status !== 403 && status < 500 : status === refusal;
    if (!isRight) wrong.push(`${actor.name}: ${status}`);
  }
  return wrong;
}

const guarded = routes.filter(({ name }) => ROUTES[name] !== "nobody");

describe("every route lets in whom its row says, and nobody else", () => {
  it.each(guarded)("$name", async (route) => {
    expect(await wronglyAnswered(route)).toEqual([]);
  });
});

describe("a route whose check is taken out, or asks for something else, is found", () => {
  it.each(guarded)("$name", async (route) => {
    const { description } = route.handler;
    const { auth } = description;
    // What changes something would do it for whoever is let in: it is asked with what is wrong, as above.
    const others = ["public", "signed-in", "reports:read", "users:manage"] as const;
    try {
      for (const other of others) {
        if (other === auth) continue;
        // These two are held by the same roles and by no key.
        if (other === "users:manage" && (auth === "keys:manage" || auth === "settings:manage")) continue;
        description.auth = other;
        expect(await wronglyAnswered(route), `${auth} became ${other}`).not.toEqual([]);
      }
    } finally {
      description.auth = auth;
    }
  });
});

describe("objects", () => {
  const cases = [
    ["its own team's", () => own, { "viewer of team A": 200, "viewer of team B": 404, "lead of team A": 200 }],
    ["another team's", () => other, { "viewer of team A": 404, "viewer of team B": 200, "lead of team A": 404 }],
    [
      "another organisation's",
      () => elsewhere,
      { "viewer of team A": 404, "lead of team A": 404, finance: 200, owner: 200 },
    ],
    ["one that never was", () => "999999-1", { "viewer of team A": 404, finance: 404, owner: 404 }],
    ["something else", () => "../users", { "viewer of team A": 404, owner: 404 }],
  ] as const;

  it.each(cases)("a pull request: %s", async (_, id, expected) => {
    for (const [name, status] of Object.entries(expected)) {
      const as = actors.find((actor) => actor.name === name)?.proof ?? {};
      for (const handler of [pullRequest, timeline]) {
        const answer = await call(handler, "/", { as, params: { id: id() } });
        expect(answer.status, name).toBe(status);
      }
    }
  });

  it("what is removed is not found by those who saw it, and not listed", async () => {
    const as = actors.find(({ name }) => name === "viewer of team A")?.proof ?? {};
    const listed = async () =>
      (await (await call(pullRequests, "/api/v1/pull-requests?limit=200", { as })).json()).items;
    expect((await listed()).map(({ id }: { id: string }) => id)).toContain(own);
    const [repoId, number] = own.split("-").map(Number);
    await execute(sql`delete from fact_pull_request where repo_id = ${repoId} and number = ${number}`);
    await execute(sql`delete from fact_pull_request_detail where repo_id = ${repoId} and number = ${number}`);
    expect((await call(pullRequest, "/", { as, params: { id: own } })).status).toBe(404);
    expect((await listed()).map(({ id }: { id: string }) => id)).not.toContain(own);
  });
});
