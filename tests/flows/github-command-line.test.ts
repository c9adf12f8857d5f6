import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateDataset } from "@/tests/mocks/github/generate";
import { TestGitHub } from "@/tests/mocks/github/server";
import { useTestDatabase } from "@/tests/setup/test-database";

const database = useTestDatabase();
const SCRIPT = path.resolve("scripts/fleetgauge.mjs");
const TOKEN = "github_pat_planted_in_a_file";

let github: TestGitHub;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "fleetgauge-github-"));
  await writeFile(path.join(folder, "token.txt"), `${TOKEN}\n`);
  await writeFile(path.join(folder, "empty.txt"), "\n");
  await writeFile(path.join(folder, "odd.txt"), `${"💥".repeat(20)}\n`);
  const end = new Date("2026-06-30T00:00:00Z");
  const dataset = generateDataset({ login: "umbrella", seed: 5, repositories: 2, pullRequests: 30, end, days: 200 });
  github = await TestGitHub.start({ dataset, tokens: new Set([TOKEN]) });
});
afterAll(async () => {
  await github.close();
  await rm(folder, { recursive: true });
});

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

const SECRET = "the secret of this installation is long";

const fleetgauge = (...args: string[]) => run(["github", ...args]);

async function run(args: string[], variables: Record<string, string> = {}): Promise<Outcome> {
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    LOG_LEVEL: "silent",
    FLEETGAUGE_SECRET: SECRET,
    EGRESS_ALLOW_HOSTS: "127.0.0.1",
    ...variables,
  };
  try {
    return {
      code: 0,
      ...(await promisify(execFile)(process.execPath, [SCRIPT, ...args], { cwd: folder, env })),
    };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

const connect = (...more: string[]) =>
  fleetgauge("connect", "umbrella", "--token-file", "token.txt", "--api-url", github.url, ...more);

it("connects an organisation, reads it, says how far it is, pauses and goes on", async () => {
  const connected = await connect("--exclude", "*-nothing");
  expect(connected).toMatchObject({ code: 0, stderr: "" });
  expect(connected.stdout).toContain("umbrella is connected: 2 of 2 repositories.");

  const read = await fleetgauge("sync");
  expect(read.code).toBe(0);
  expect(read.stdout).toMatch(/umbrella: \d+ answers read\./);

  const status = await fleetgauge("status", "--json");
  const [connection] = JSON.parse(status.stdout);
  expect(connection).toMatchObject({ account: "umbrella", state: "active", waiting: 0, missingPermissions: [] });
  expect(connection.repositories.map(({ state }: { state: string }) => state)).not.toContain("failed");
  expect((await fleetgauge("status")).stdout).toMatch(/repo-000 pull requests\s+idle, \d+ of 30/);

  await fleetgauge("pause", "umbrella");
  const before = github.requests.length;
  expect((await fleetgauge("sync")).stdout).toContain("umbrella: 0 answers read.");
  expect(github.requests.length).toBe(before);
  expect((await fleetgauge("resume", "umbrella")).stdout).toContain("umbrella is followed again.");

  // The same by the names that scripts rely on, at the server that the environment names.
  const server = { GITHUB_API_URL: github.url, EGRESS_ALLOW_HOSTS: "" };
  const again = await run(["github", "connect", "umbrella", "--token-file", "token.txt", "--json"], server);
  expect(JSON.parse(again.stdout)).toMatchObject({ account: "umbrella", selected: 2 });
  expect((await run(["sync", "umbrella"], server)).stdout).toMatch(/umbrella: [1-9]\d* answers read\./);
  for (const { stdout, stderr } of [connected, read, status]) expect(stdout + stderr).not.toContain(TOKEN);
});

it("says what is wrong with what it was given, and ends as a wrong use does", async () => {
  const lost = await fleetgauge("connect", "umbrella", "--token-file", "lost.txt", "--api-url", github.url);
  expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining("lost.txt cannot be read.") });
  const empty = await fleetgauge("connect", "umbrella", "--token-file", "empty.txt", "--api-url", github.url);
  expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining("empty.txt is empty.") });
  const odd = await fleetgauge("connect", "umbrella", "--token-file", "odd.txt", "--api-url", github.url);
  expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining("odd.txt holds no token.") });
  expect(await connect("--days", "soon")).toMatchObject({ code: 2, stderr: expect.stringContaining("--days") });
  expect(await connect("--only", "a/b")).toMatchObject({ code: 2, stderr: expect.stringContaining("repositor") });
  expect(await connect("--api-url", "https://10.1.2.3/api/v3")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("EGRESS_ALLOW_HOSTS=10.1.2.3"),
  });
  expect(await fleetgauge("sync", "nobody")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("nobody is not connected"),
  });
});

it("seals the token anew with another secret, and names what no secret opens", async () => {
  const next = { FLEETGAUGE_SECRET: "another secret that is long enough to be one" };
  const lost = await run(["keys", "rotate"], next);
  expect(lost.code).toBe(1);
  expect(lost.stdout).toMatch(/lost: no key opens github_connection\.token of http/);
  const rotated = await run(["keys", "rotate", "--json"], { ...next, FLEETGAUGE_PREVIOUS_SECRETS: SECRET });
  expect([rotated.code, JSON.parse(rotated.stdout)]).toEqual([0, { resealed: 2, current: 0, lost: [] }]);
  expect(await run(["keys", "rotate"], next)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("2 were sealed"),
  });
});
