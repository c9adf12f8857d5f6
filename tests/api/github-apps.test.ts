import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as conversions from "@/app/api/v1/github-apps/conversions/route";
import * as installations from "@/app/api/v1/github-apps/installations/route";
import * as apps from "@/app/api/v1/github-apps/route";
import { migrateJobs } from "@/lib/jobs/worker";
import { generateDataset } from "@/tests/mocks/github/generate";
import { TestGitHub } from "@/tests/mocks/github/server";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

// The environment is read once, when the first module asks for it.
vi.hoisted(() => {
  process.env.EGRESS_ALLOW_HOSTS = "127.0.0.1";
});
const database = useTestDatabase();

const PATH = "/api/v1/github-apps";
let github: TestGitHub;

beforeAll(async () => {
  await migrateJobs(database.url);
  const end = new Date("2026-06-30T00:00:00Z");
  const dataset = generateDataset({ login: "hooli", seed: 4, repositories: 2, pullRequests: 3, end, days: 9 });
  github = await TestGitHub.start({ dataset, tokens: new Set() });
});
afterAll(() => github.close());

describe("GitHub Apps", () => {
  it("are made, kept and installed, with no secret in any answer", async () => {
    const begun = await call(apps.POST, PATH, { body: { account: "hooli", apiUrl: `${github.url}/` } });
    const { action, manifest, webhook } = await begun.json();
    // Nothing on another machine reaches this address.
    expect(webhook).toBe(false);
    expect(manifest).toMatchObject({ public: false, default_permissions: { contents: "read", members: "read" } });
    expect(manifest).not.toHaveProperty("hook_attributes");
    const at = await fetch(action, {
      method: "POST",
      body: new URLSearchParams({ manifest: JSON.stringify(manifest) }),
      redirect: "manual",
    });
    const back = Object.fromEntries(new URL(at.headers.get("location") ?? "").searchParams);
    const converted = await call(conversions.POST, `${PATH}/conversions`, { body: back });
    const { name, installUrl } = await converted.json();
    const slug = /\/apps\/([^/]+)\//.exec(installUrl)?.[1] ?? "";
    const installationId = new URL(github.apps.install(slug) ?? "").searchParams.get("installation_id");
    const connected = await call(installations.POST, `${PATH}/installations`, { body: { installationId } });
    expect((await connected.json()).items).toMatchObject([{ account: "hooli", selected: 2, webhookSecret: null }]);
    const text = await (await call(apps.GET, PATH)).text();
    expect(JSON.parse(text).items).toEqual([expect.objectContaining({ name, installUrl })]);
    expect(text).not.toMatch(/key|secret|pem/i);
    const none = await call(installations.POST, `${PATH}/installations`, { body: {} });
    expect(await none.json()).toEqual({ items: [] });
  });

  it.each([
    [apps.POST, { account: "no login" }, 422, "/account"],
    [apps.POST, { apiUrl: "nowhere" }, 422, "/apiUrl"],
    [apps.POST, { apiUrl: "https://10.0.0.7/api/v3" }, 400, "/apiUrl"],
    [apps.POST, { apiUrl: "http://github.example.com/api/v3" }, 400, "/apiUrl"],
    [conversions.POST, { code: "abc", state: "made up" }, 400, "/state"],
    [conversions.POST, { code: "a b", state: "x" }, 422, "/code"],
    [installations.POST, { installationId: "-1" }, 422, "/installationId"],
    [installations.POST, { installationId: "4711" }, 400, "/installationId"],
  ])("refuse what is wrong, naming the field", async (post, body, status, pointer) => {
    const response = await call(post, PATH, { body });
    expect([response.status, (await response.json()).pointer]).toEqual([status, pointer]);
  });
});
