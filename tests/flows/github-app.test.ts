import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginApp, connectInstallation, connectNewInstallations, finishApp } from "@/lib/connections/apps";
import { clientOf } from "@/lib/connections/client-of";
import { pauseConnection } from "@/lib/connections/control";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { syncConnection } from "@/lib/ingest/github/sync";
import { reconcileGitHub } from "@/lib/jobs/tasks/reconcile-github";
import { saveApp } from "@/lib/settings/github/apps";
import { getConnection } from "@/lib/settings/github/connections";
import { githubWebhookSecrets } from "@/lib/settings/github/webhook-secrets";
import { FaultPlan } from "@/tests/mocks/github/faults";
import { generateDataset } from "@/tests/mocks/github/generate";
import { TestGitHub } from "@/tests/mocks/github/server";
import { useTestDatabase } from "@/tests/setup/test-database";

// The environment is read once, when the first module asks for it.
vi.hoisted(() => {
  process.env.EGRESS_ALLOW_HOSTS = "127.0.0.1";
  process.env.APP_URL = "https://fleetgauge.acme.test";
});
useTestDatabase();

let github: TestGitHub;
let serial = 0;

beforeEach(async () => {
  serial += 1;
  const end = new Date("2026-06-30T00:00:00Z");
  const login = `installed-${serial}`;
  const dataset = generateDataset({ login, seed: serial, repositories: 3, pullRequests: 5, end, days: 20 });
  github = await TestGitHub.start({ dataset, tokens: new Set() });
});
afterEach(async () => {
  await github.close();
  await query(sql`delete from github_connection`);
  await query(sql`delete from github_app`);
});

/** Goes to GitHub and presses the button there. @returns what the browser comes back with */
async function makeApp(securityAlerts = false): Promise<{ code: string; state: string }> {
  const { login } = github.options.dataset.organization;
  const { action, manifest } = await beginApp({ apiUrl: github.url, account: login, securityAlerts });
  const answer = await fetch(action, {
    method: "POST",
    body: new URLSearchParams({ manifest: JSON.stringify(manifest) }),
    redirect: "manual",
  });
  const back = new URL(answer.headers.get("location") ?? "");
  expect(back.href).toContain("https://fleetgauge.acme.test/connections/github?");
  return { code: back.searchParams.get("code") ?? "", state: back.searchParams.get("state") ?? "" };
}

async function install(repositories: string[] | null = null): Promise<bigint> {
  const { installUrl } = await finishApp(await makeApp());
  const slug = /\/apps\/([^/]+)\//.exec(installUrl)?.[1] ?? "";
  const back = new URL(github.apps.install(slug, repositories) ?? "");
  return BigInt(back.searchParams.get("installation_id") ?? "");
}

const hooksOf = (id: number) =>
  getConnection(id).then((connection) => ({
    client: clientOf(connection),
    now: () => new Date(),
    sleep: async () => {},
  }));

describe("a GitHub App", () => {
  it("is made by a manifest, installed, and reads what it was given and nothing else", async () => {
    const installation = await install(["repo-000", "repo-002"]);
    const result = await connectInstallation(installation);
    expect(result).toMatchObject({ repositories: 2, selected: 2, missingPermissions: [], webhookSecret: null });
    await syncConnection(result.id, await hooksOf(result.id));
    const rows = await query<{ name: string }>(
      sql`select r.name from github_repository g join repository r on r.org_id = g.org_id and r.id = g.repo_id
        where g.connection_id = ${result.id} order by r.name`,
    );
    expect(rows.map(({ name }) => name)).toEqual(["repo-000", "repo-002"]);
    // One token for all of it.
    expect(github.apps.issued).toBe(1);
    const [secret] = (await githubWebhookSecrets(Date.now() + 60_000)).slice(-1);
    expect(secret).toMatch(/^[0-9a-f]{40}$/);
  });

  it("gets another token when one is taken back, and stops when it is suspended, saying so", async () => {
    const { id } = await connectInstallation(await install());
    await syncConnection(id, await hooksOf(id));
    github.apps.revokeTokens();
    const [repository] = github.options.dataset.repositories;
    if (repository !== undefined) repository.gone = true;
    const listAgain = sql`update github_connection set listed_at = null where id = ${id}`;
    await query(listAgain);
    await syncConnection(id, await hooksOf(id));
    expect(github.apps.issued).toBe(2);
    expect((await getConnection(id)).state).toBe("active");
    for (const one of github.apps.installations.values()) one.suspended = true;
    await query(listAgain);
    await syncConnection(id, await hooksOf(id));
    expect(await getConnection(id)).toMatchObject({
      state: "broken",
      stateReason: expect.stringContaining("suspended"),
    });
  });

  it("goes on when it is let in again or allowed more, without anyone doing anything here", async () => {
    const installation = await install();
    const given = github.apps.installations.get(Number(installation));
    if (given === undefined) throw new Error("it was not installed");
    const { actions: _, ...less } = given.permissions;
    const all = given.permissions;
    given.permissions = less;
    github.options.forbidden = new Set(["actions"]);
    const { id, missingPermissions } = await connectInstallation(installation);
    expect(missingPermissions).toEqual(["Actions: read"]);
    await syncConnection(id, await hooksOf(id));
    const runs = () =>
      query<{ state: string }>(
        sql`select distinct state from sync_state where connection_id = ${id} and entity = 'ci_runs'`,
      );
    expect(await runs()).toEqual([{ state: "unavailable" }]);
    given.suspended = true;
    await query(sql`update github_connection set listed_at = null where id = ${id}`);
    await syncConnection(id, await hooksOf(id));
    await reconcileGitHub({}, { signal: undefined });
    expect((await getConnection(id)).state).toBe("broken");
    given.suspended = false;
    given.permissions = all;
    delete github.options.forbidden;
    await reconcileGitHub({}, { signal: undefined });
    expect(await getConnection(id)).toMatchObject({ state: "active", missingPermissions: [] });
    await syncConnection(id, await hooksOf(id));
    expect(await runs()).toEqual([{ state: "idle" }]);
    // Whoever paused it wants nothing of it.
    await pauseConnection(id);
    await reconcileGitHub({}, { signal: undefined });
    expect((await getConnection(id)).state).toBe("paused");
  });

  it("keeps no secret as it is", async () => {
    const { id } = await finishApp(await makeApp());
    const [row] = await query<{ text: string }>(
      sql`select to_jsonb(a)::text || encode(private_key, 'escape') || encode(webhook_secret, 'escape') as text
        from github_app a where id = ${id}`,
    );
    expect(row?.text).not.toContain("PRIVATE KEY");
  });

  it("is kept although the first answers failed, and its code works once", async () => {
    const back = await makeApp();
    github.options.faults = new FaultPlan(1, 1, ["bad_gateway"]);
    await expect(finishApp(back)).rejects.toMatchObject({ code: "unavailable" });
    delete github.options.faults;
    await finishApp(back);
    await expect(finishApp(back)).rejects.toMatchObject({ code: "bad_request", pointer: "/state" });
    const again = await makeApp();
    await expect(finishApp({ ...again, code: "unknown" })).rejects.toMatchObject({
      code: "bad_request",
      pointer: "/code",
    });
  });

  it("that was not allowed what everything rests on is refused, and what it can do without is named", async () => {
    const installation = await install();
    const given = github.apps.installations.get(Number(installation));
    if (given === undefined) throw new Error("it was not installed");
    given.permissions = { metadata: "read", contents: "read", pull_requests: "read", issues: "read" };
    const { missingPermissions } = await connectInstallation(installation);
    expect(missingPermissions).toEqual([
      "Checks: read",
      "Statuses: read",
      "Actions: read",
      "Deployments: read",
      "Members: read",
    ]);
    given.permissions = { metadata: "read" };
    await expect(connectInstallation(installation)).rejects.toMatchObject({
      code: "bad_request",
      pointer: "/installationId",
      message: expect.stringContaining("Contents: read, Pull requests: read"),
    });
    await expect(connectInstallation(4711n)).rejects.toMatchObject({ code: "bad_request", pointer: "/installationId" });
  });

  it("is connected where it can be, although another installation may not read what everything rests on", async () => {
    const [useless] = [await install(), await install()];
    const given = github.apps.installations.get(Number(useless));
    if (given === undefined) throw new Error("it was not installed");
    given.permissions = { metadata: "read" };
    const connected = await connectNewInstallations();
    expect(connected).toMatchObject([{ isTold: true }]);
    await query(sql`delete from github_connection`);
    for (const one of github.apps.installations.values()) one.permissions = { metadata: "read" };
    await expect(connectNewInstallations()).rejects.toMatchObject({ pointer: "/installationId" });
  });

  it("that somebody else installed is found, once, although another server is not there", async () => {
    await install();
    const gone = { apiUrl: "http://127.0.0.1:9", appId: 1n, slug: "gone", name: "Gone", htmlUrl: "http://127.0.0.1:9" };
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    await saveApp({ ...gone, privateKey, webhookSecret: "planted" });
    expect(await connectNewInstallations()).toHaveLength(1);
    expect(await connectNewInstallations()).toHaveLength(0);
  });
});
