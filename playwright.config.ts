import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";

/** A free port below those that systems hand out by themselves: the database of a server that starts takes one of them. */
function freePort(): Promise<string> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(freePort()) : reject(error),
    );
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(String(port))));
  });
}

// Every worker process reads this file again; what the first one chose is inherited by the others.
process.env.FLEETGAUGE_E2E_PORT ??= await freePort();
process.env.FLEETGAUGE_E2E_EMPTY_PORT ??= await freePort();
if (process.env.FLEETGAUGE_E2E_DATA_DIR === undefined) {
  const directory = mkdtempSync(path.join(tmpdir(), "fleetgauge-e2e-"));
  process.env.FLEETGAUGE_E2E_DATA_DIR = directory;
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
}
const sample = { port: process.env.FLEETGAUGE_E2E_PORT, demo: "1" };
const empty = { port: process.env.FLEETGAUGE_E2E_EMPTY_PORT, demo: "0" };
const dataDir = process.env.FLEETGAUGE_E2E_DATA_DIR;
const originOf = ({ port }: { port: string }) => `http://127.0.0.1:${port}`;

/** Who looks at the sample. The installation with nothing in it is set up by its first test, as a person would. */
const owner = { email: "owner@example.com", password: "a heron in the harbour" };
process.env.FLEETGAUGE_E2E_OWNER = JSON.stringify(owner);
const key = "fg_the-key-of-the-browser-tests";
process.env.FLEETGAUGE_E2E_KEY = key;
const statePath = ({ port }: { port: string }) => path.join(dataDir, `${port}.state.json`);
process.env.FLEETGAUGE_E2E_EMPTY_LOG = path.join(dataDir, "empty.log");
process.env.FLEETGAUGE_E2E_SAMPLE_STATE = statePath(sample);
process.env.FLEETGAUGE_E2E_EMPTY_STATE = statePath(empty);

/** A server of its own for each project: one that shows the sample fleet, one with nothing in it. */
function webServer(installation: { port: string; demo: string }, variables: Record<string, string>, log?: string) {
  return {
    command: `exec node scripts/start.mjs${log === undefined ? "" : ` > ${log} 2>&1`}`,
    url: `${originOf(installation)}/api/ready`,
    reuseExistingServer: false,
    timeout: 600_000,
    stdout: "pipe" as const,
    // The server stops its own PostgreSQL; a kill would leave that behind.
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 60_000 },
    env: {
      ...(process.env as Record<string, string>),
      PORT: installation.port,
      FLEETGAUGE_DATA_DIR: path.join(dataDir, installation.port),
      FLEETGAUGE_DEMO: installation.demo,
      DATABASE_URL: "",
      // The test GitHub is a server of this machine.
      EGRESS_ALLOW_HOSTS: "127.0.0.1",
      // Two workers that click as fast as they can are more than a person.
      API_REQUESTS_PER_MINUTE: "0",
      ...variables,
    },
  };
}

const chromium = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: "tests/e2e",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-US",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
  projects: [
    // First, since its tests follow one another: the others fill the worker that is left.
    { name: "empty-set-up", testMatch: "first-run/set-up.setup.ts", use: { baseURL: originOf(empty) } },
    {
      name: "empty",
      testMatch: "first-run/*.spec.ts",
      dependencies: ["empty-set-up"],
      use: { baseURL: originOf(empty), storageState: statePath(empty) },
    },
    { name: "sample-sign-in", testMatch: "sign-in.setup.ts", use: { baseURL: originOf(sample) } },
    {
      name: "sample",
      testIgnore: ["first-run/**", "*.setup.ts"],
      dependencies: ["sample-sign-in"],
      use: { baseURL: originOf(sample), storageState: statePath(sample) },
    },
  ],
  webServer: [
    webServer(sample, {
      FLEETGAUGE_INIT_ADMIN_EMAIL: owner.email,
      FLEETGAUGE_INIT_ADMIN_PASSWORD: owner.password,
      FLEETGAUGE_INIT_API_KEY: key,
    }),
    webServer(empty, {}, process.env.FLEETGAUGE_E2E_EMPTY_LOG),
  ],
});
