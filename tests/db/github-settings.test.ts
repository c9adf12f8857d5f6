import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { takeRepositories } from "@/lib/ingest/github/take-repositories";
import type { Selection } from "@/lib/settings/github/selection";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository } from "@/lib/settings/repositories";
import type { ListedRepository } from "@/lib/sources/github-api/directory";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const API = "https://api.github.com";
const FIRST = "the first secret of this installation";
const SECOND = "the second secret of this installation";

/** The environment is read once per process, so each set of secrets gets modules of its own. */
async function withSecrets(secret: string, previous = "") {
  vi.stubEnv("FLEETGAUGE_SECRET", secret);
  vi.stubEnv("FLEETGAUGE_PREVIOUS_SECRETS", previous);
  vi.resetModules();
  return {
    ...(await import("@/lib/settings/github/apps")),
    ...(await import("@/lib/settings/github/connections")),
    ...(await import("@/lib/settings/github/webhook-secrets")),
    ...(await import("@/lib/settings/secrets/rotate")),
  };
}

const app = {
  apiUrl: API,
  appId: 7n,
  slug: "fleetgauge-acme",
  name: "Fleetgauge (acme)",
  htmlUrl: "https://github.com/apps/fleetgauge-acme",
  privateKey: "-----BEGIN PRIVATE KEY-----planted",
  webhookSecret: "planted-app-webhook",
};

async function connectionInput(account = "acme") {
  const { id } = await ensureOrganization({ slug: account });
  return {
    orgId: id,
    apiUrl: API,
    account,
    accountType: "organization" as const,
    accountNodeId: `O_${account}`,
    credential: { token: "github_pat_planted", expiresAt: null, webhookSecret: "planted-token-webhook" },
    selection: { mode: "all" } as Selection,
    depthDays: 365,
    permissions: { contents: "read" },
    missingPermissions: [],
  };
}

afterEach(async () => {
  vi.unstubAllEnvs();
  await execute(sql`delete from github_connection`);
  await execute(sql`delete from github_app`);
});

describe("secrets of GitHub", () => {
  it("are nowhere in the database as they are, and open again", async () => {
    const { saveApp, appPrivateKey, saveConnection, getConnection, connectionToken } = await withSecrets(FIRST);
    const { id } = await saveApp(app);
    const connection = await getConnection(await saveConnection(await connectionInput()));
    const dump = await query(
      sql`select to_jsonb(a)::text || encode(a.private_key, 'escape') || encode(a.webhook_secret, 'escape') as row from github_app a
        union all select to_jsonb(c)::text || encode(c.token, 'escape') || encode(c.webhook_secret, 'escape') from github_connection c`,
    );
    expect(JSON.stringify(dump)).not.toMatch(/planted/);
    expect(JSON.stringify(connection)).not.toMatch(/planted/);
    expect(await appPrivateKey(id)).toEqual({ appId: 7n, privateKey: app.privateKey });
    expect(await connectionToken(connection)).toBe("github_pat_planted");
  });

  it("do not open in another row", async () => {
    const { saveConnection, getConnection, connectionToken } = await withSecrets(FIRST);
    await saveConnection(await connectionInput("acme"));
    const other = await getConnection(await saveConnection(await connectionInput("globex")));
    await execute(
      sql`update github_connection set token = (select token from github_connection where account = 'acme')`,
    );
    await expect(connectionToken(other)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("are sealed anew with the current key, as often as asked; what no key opens is named", async () => {
    const before = await withSecrets(FIRST);
    await before.saveApp(app);
    const id = await before.saveConnection(await connectionInput());
    const between = await withSecrets(SECOND, FIRST);
    expect(await between.rotateSealedSecrets()).toEqual({ resealed: 4, current: 0, lost: [] });
    expect(await between.rotateSealedSecrets()).toEqual({ resealed: 0, current: 4, lost: [] });
    const after = await withSecrets(SECOND);
    expect(await after.connectionToken(await after.getConnection(id))).toBe("github_pat_planted");
    const stranger = await withSecrets(FIRST);
    await expect(stranger.connectionToken(await stranger.getConnection(id))).rejects.toMatchObject({
      code: "unavailable",
    });
    const { lost, resealed } = await stranger.rotateSealedSecrets();
    expect([lost.length, resealed]).toEqual([4, 0]);
    expect(lost[0]).toBe("github_app.private_key of https://api.github.com#7");
  });

  it("sign deliveries: those of the environment, of every App and of every connection", async () => {
    vi.stubEnv("GITHUB_WEBHOOK_SECRET", "from-the-environment");
    const { saveApp, saveConnection, githubWebhookSecrets } = await withSecrets(FIRST);
    expect(await githubWebhookSecrets(0)).toEqual(["from-the-environment"]);
    await saveApp(app);
    await saveConnection(await connectionInput());
    expect(await githubWebhookSecrets(4000)).toEqual(["from-the-environment"]);
    expect(await githubWebhookSecrets(6000)).toEqual([
      "from-the-environment",
      "planted-app-webhook",
      "planted-token-webhook",
    ]);
  });

  it("cannot be kept without a secret of the installation", async () => {
    const { saveApp } = await withSecrets("");
    await expect(saveApp(app)).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("the making of an App", () => {
  it("is taken back once, by its own state, within an hour", async () => {
    const { beginAppRequest, closeAppRequest, findAppRequest } = await withSecrets(FIRST);
    const state = await beginAppRequest({ apiUrl: API, account: "acme" });
    await expect(findAppRequest(`${state}x`)).rejects.toMatchObject({ code: "bad_request", pointer: "/state" });
    expect(await findAppRequest(state)).toEqual({ apiUrl: API, account: "acme" });
    await closeAppRequest(state);
    await expect(findAppRequest(state)).rejects.toMatchObject({ code: "bad_request" });
    const late = await beginAppRequest({ apiUrl: API, account: null });
    await execute(sql`update github_app_request set created_at = now() - interval '61 minutes'`);
    await expect(findAppRequest(late)).rejects.toMatchObject({ code: "bad_request" });
  });
});

describe("a connection", () => {
  it("keeps its id and its place when its account is connected again", async () => {
    const { saveConnection, listConnections } = await withSecrets(FIRST);
    const input = await connectionInput();
    const id = await saveConnection(input);
    await execute(sql`update github_connection set state = 'broken', state_reason = 'The token expired.'`);
    expect(await saveConnection({ ...input, depthDays: null })).toBe(id);
    expect(await listConnections()).toMatchObject([{ id, state: "active", stateReason: null, depthDays: null }]);
  });
});

describe("repositories of a connection", () => {
  let orgId = 0;
  let turn = 0;
  beforeEach(async () => {
    turn += 1;
    orgId = (await ensureOrganization({ slug: `repositories-${turn}` })).id;
  });

  const listed = (nodeId: string, name: string): ListedRepository => ({
    nodeId,
    databaseId: 1,
    name,
    fullName: `acme/${name}`,
    url: `https://github.com/acme/${name}`,
    defaultBranch: "main",
    archived: false,
    fork: false,
    private: true,
    pushedAt: null,
  });
  const take = (list: ListedRepository[], selection: Selection = { mode: "all" }) =>
    withTransaction((client) => takeRepositories(client, { id: 1, orgId, selection }, list));
  const known = () =>
    query<{ id: number; name: string; node: string; selected: boolean; gone: boolean }>(
      sql`select r.id, r.name, g.node_id as node, g.selected, g.gone_at is not null as gone
        from github_repository g join repository r on r.id = g.repo_id where g.org_id = ${orgId} order by g.node_id`,
    );
  const event = (repo: string, subject: string) =>
    execute(sql`insert into event (org_id, id, source, kind, repo, subject, occurred_at, payload)
      values (${orgId}, ${`${repo} ${subject}`}, 'git', 'commit.landed', ${repo}, ${subject}, now(), '{}')`);

  it("keep their identity under a new name, with all that is known of them", async () => {
    await take([listed("R_1", "api"), listed("R_2", "web")]);
    const before = await known();
    await event("api", "commit:api@abc");
    await event("api", "pull_request:api#7");
    await event("api", "incident:api-down");
    await event("web", "commit:web@def");
    await take([listed("R_1", "backend"), listed("R_2", "web")]);
    expect(await known()).toEqual(before.map((one) => (one.node === "R_1" ? { ...one, name: "backend" } : one)));
    expect(await query(sql`select repo, subject from event where org_id = ${orgId} order by subject`)).toEqual([
      { repo: "backend", subject: "commit:backend@abc" },
      { repo: "web", subject: "commit:web@def" },
      { repo: "backend", subject: "incident:api-down" },
      { repo: "backend", subject: "pull_request:backend#7" },
    ]);
  });

  it("may exchange their names, and a new one may take the name of one that was renamed or deleted", async () => {
    await take([listed("R_1", "api"), listed("R_2", "web")]);
    const [first, second] = await known();
    await take([listed("R_1", "web"), listed("R_2", "api")]);
    expect(await known()).toMatchObject([
      { id: first?.id, name: "web" },
      { id: second?.id, name: "api" },
    ]);
    await take([listed("R_3", "api"), listed("R_1", "web")]);
    expect(await known()).toMatchObject([
      { id: first?.id, name: "web", gone: false },
      { id: second?.id, name: "api~R_2", gone: true },
      { name: "api", gone: false },
    ]);
  });

  it("are the same as a clone that was imported before", async () => {
    const imported = await ensureRepository(orgId, "api");
    await take([listed("R_1", "api")]);
    expect(await known()).toMatchObject([{ id: imported, name: "api" }]);
  });

  it("are read as far as they are selected, and never deleted", async () => {
    const list = [listed("R_1", "api"), listed("R_2", "web")];
    expect(await take(list, { mode: "some", repositories: ["API"] })).toBe(1);
    expect(await known()).toMatchObject([{ selected: true }, { selected: false }]);
    expect(await take([], { mode: "all" })).toBe(0);
    expect(await known()).toMatchObject([{ gone: true }, { gone: true }]);
    expect(await take(list)).toBe(2);
    expect(await known()).toMatchObject([
      { selected: true, gone: false },
      { selected: true, gone: false },
    ]);
  });
});
