import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as connection from "@/app/api/v1/connections/[id]/route";
import * as connections from "@/app/api/v1/connections/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
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

const PATH = "/api/v1/connections";
const TOKEN = "github_pat_planted_in_a_request";
let github: TestGitHub;

beforeAll(async () => {
  await migrateJobs(database.url);
  const end = new Date("2026-06-30T00:00:00Z");
  const dataset = generateDataset({ login: "asked-by-api", seed: 4, repositories: 2, pullRequests: 3, end, days: 9 });
  github = await TestGitHub.start({ dataset, tokens: new Set([TOKEN]) });
});
afterAll(() => github.close());

const connect = (body: Record<string, unknown>) =>
  call(connections.POST, PATH, { body: { account: "asked-by-api", token: TOKEN, apiUrl: github.url, ...body } });

describe("connections", () => {
  it("are made, with the webhook's secret said once and the worker told", async () => {
    const answer = await (await connect({})).json();
    expect(answer).toMatchObject({ account: "asked-by-api", repositories: 2, selected: 2, missingPermissions: [] });
    expect(answer.webhookSecret).toMatch(/^[0-9a-f]{64}$/);
    expect((await (await connect({})).json()).webhookSecret).toBeNull();
    const jobs = await query(sql`select from graphile_worker.jobs where task_identifier = 'follow-github'`);
    expect(jobs).toHaveLength(1);
  });

  it("are described without any secret", async () => {
    const text = await (await call(connections.GET, PATH)).text();
    expect(JSON.parse(text).items).toMatchObject([
      {
        account: "asked-by-api",
        state: "active",
        waiting: 0,
        totals: [],
        repositories: [],
        selection: { mode: "all" },
      },
    ]);
    expect(text).not.toContain(TOKEN);
    expect(text).not.toMatch(/secret/i);
  });

  it("are paused and go on", async () => {
    const { items } = await (await call(connections.GET, PATH)).json();
    const params = { id: String(items[0].id) };
    const change = (state: string) => call(connection.POST, `${PATH}/${params.id}`, { params, body: { state } });
    expect((await change("paused")).status).toBe(200);
    expect((await (await call(connections.GET, PATH)).json()).items[0].state).toBe("paused");
    expect((await change("active")).status).toBe(200);
    expect((await change("broken")).status).toBe(422);
    const choose = (body: unknown) => call(connection.POST, `${PATH}/${params.id}`, { params, body });
    expect((await choose({})).status).toBe(422);
    expect((await choose({ depthDays: 0 })).status).toBe(422);
    const selection = { mode: "some", repositories: ["repo-001"] };
    expect((await choose({ selection, depthDays: 30 })).status).toBe(200);
    const { items: chosen } = await (await call(connections.GET, PATH)).json();
    expect(chosen[0]).toMatchObject({ selection, depthDays: 30, state: "active" });
    const other = await call(connection.POST, `${PATH}/999`, { params: { id: "999" }, body: { state: "paused" } });
    expect(other.status).toBe(404);
  });

  it.each([
    [{ account: "not a login" }, 422, "/account"],
    [{ token: "short" }, 422, "/token"],
    [{ token: "💥".repeat(20) }, 422, "/token"],
    [{ apiUrl: "nowhere" }, 422, "/apiUrl"],
    [{ depthDays: 0 }, 422, "/depthDays"],
    [{ selection: { mode: "pattern", include: ["a/b"] } }, 422, "/selection/include/0"],
    [{ token: "github_pat_of_somebody_else" }, 400, "/token"],
    [{ account: "nobody" }, 400, "/account"],
  ])("refuse %j, naming the field", async (body, status, pointer) => {
    const response = await connect(body);
    expect([response.status, (await response.json()).pointer]).toEqual([status, pointer]);
  });

  it("that are refused leave a line in the audit log and nothing else", async () => {
    const [before] = await query(sql`select count(*) as n from github_connection`);
    for (const wrong of [{ token: "github_pat_of_nobody" }, { apiUrl: "https://169.254.169.254/api/v3" }]) {
      expect((await connect({ account: "elsewhere", ...wrong })).status).toBeGreaterThanOrEqual(400);
      const [line] = await query<{ action: string; target_name: string; after: string }>(
        sql`select action, target_name, after from audit_event order by seq desc limit 1`,
      );
      expect(line).toMatchObject({ action: "request.refused", target_name: `POST ${PATH}` });
      expect(line?.after.length).toBeGreaterThan(20);
      expect(JSON.stringify(line)).not.toContain("github_pat");
    }
    expect(await query(sql`select count(*) as n from github_connection`)).toEqual([before]);
    expect(await query(sql`select 1 from organization where slug = 'elsewhere'`)).toEqual([]);
  });

  it("refuse an address inside the network that nobody allowed", async () => {
    const response = await connect({ apiUrl: "https://192.168.0.10/api/v3" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining("EGRESS_ALLOW_HOSTS=192.168.0.10"),
      pointer: "/apiUrl",
    });
  });
});
