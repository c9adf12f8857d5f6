import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clientWith } from "@/lib/connections/client-of";
import { type ConnectInput, connectAccount } from "@/lib/connections/connect";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { FaultPlan } from "@/tests/mocks/github/faults";
import { generateDataset } from "@/tests/mocks/github/generate";
import { TestGitHub } from "@/tests/mocks/github/server";
import { useTestDatabase } from "@/tests/setup/test-database";

// The environment is read once, when the first module asks for it.
vi.hoisted(() => {
  process.env.EGRESS_ALLOW_HOSTS = "127.0.0.1";
});
useTestDatabase();

const TOKEN = "github_pat_planted_for_connecting";
let github: TestGitHub;

beforeEach(async () => {
  const dataset = generateDataset({
    login: "connecting",
    seed: 3,
    repositories: 3,
    pullRequests: 5,
    end: new Date("2026-06-30T00:00:00Z"),
    days: 20,
  });
  github = await TestGitHub.start({ dataset, tokens: new Set([TOKEN]) });
});
afterEach(async () => {
  await github.close();
});

const connect = (input: Partial<ConnectInput> = {}) => {
  const whole: ConnectInput = {
    apiUrl: github.url,
    account: "connecting",
    token: TOKEN,
    selection: { mode: "all" },
    depthDays: null,
    ...input,
  };
  return connectAccount(
    clientWith(whole.apiUrl, async () => whole.token),
    whole,
  );
};

const kept = () => query(sql`select id from github_connection where account = 'connecting'`);

describe("connecting an account", () => {
  it("keeps what was chosen, and the token sealed", async () => {
    const result = await connect({ selection: { mode: "pattern", include: ["repo-*"], exclude: ["*-002"] } });
    expect(result).toMatchObject({ account: "connecting", repositories: 3, selected: 2, missingPermissions: [] });
    const [row] = await query<{ text: string }>(
      sql`select to_jsonb(c)::text || encode(c.token, 'escape') as text from github_connection c where id = ${result.id}`,
    );
    expect(row?.text).not.toContain(TOKEN);
  });

  it("names what the token may not read, and does without what it can", async () => {
    github.options.forbidden = new Set(["deployments", "actions"]);
    const result = await connect();
    expect(result.missingPermissions).toEqual(["Deployments: read", "Actions: read"]);
  });

  it.each([
    ["a wrong token", { token: "github_pat_of_somebody_else" }, "/token", /refuses this token/],
    ["an account that is not there", { account: "nobody" }, "/account", /no account nobody/],
    [
      "a choice without a repository",
      { selection: { mode: "some" as const, repositories: ["other"] } },
      "/selection",
      /3 others/,
    ],
  ])("refuses %s, naming the field, and keeps nothing", async (_name, input, pointer, message) => {
    const before = await kept();
    const refusal = await connect(input).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "bad_request", pointer, message: expect.stringMatching(message) });
    expect(String(refusal)).not.toContain(TOKEN);
    expect(await kept()).toEqual(before);
  });

  it("refuses a token that may not read pull requests, and says which permission is missing", async () => {
    github.options.forbidden = new Set(["pullRequests"]);
    await expect(connect()).rejects.toMatchObject({
      code: "bad_request",
      pointer: "/token",
      message: expect.stringContaining("Pull requests: read"),
    });
  });

  it("asks again what failed on the way, and says when it cannot be reached", async () => {
    github.options.faults = new FaultPlan(1, 0.3, ["reset", "truncated", "bad_gateway"]);
    expect((await connect()).selected).toBe(3);
    github.options.faults = new FaultPlan(1, 1, ["reset"]);
    await expect(connect()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/^GitHub cannot be reached: .*Try again in a while\.$/),
    });
  });

  it("refuses an address inside the network that nobody allowed", async () => {
    await expect(connect({ apiUrl: "https://10.0.0.1/api/v3" })).rejects.toMatchObject({ code: "bad_request" });
    await expect(connect({ apiUrl: "https://169.254.169.254" })).rejects.toMatchObject({ code: "bad_request" });
    await expect(connect({ apiUrl: "http://github.example.com" })).rejects.toMatchObject({ code: "bad_request" });
  });
});
