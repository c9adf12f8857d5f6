import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkServer } from "@/lib/db/check-server";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";

const ROOT = path.resolve(import.meta.dirname, "..", "..");

let dataDir: string;
let server: EmbeddedPostgres | null = null;

async function start(): Promise<EmbeddedPostgres> {
  server = await startEmbeddedPostgres({ dataDir });
  return server;
}

async function stop(): Promise<void> {
  await server?.stop();
  server = null;
}

async function run(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "fleetgauge-embedded-"));
});

afterEach(async () => {
  await stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe("the embedded PostgreSQL", { timeout: 120_000 }, () => {
  it("keeps its data over a restart, durably, on this machine only and behind a password", async () => {
    const first = await start();
    expect(first.created).toBe(true);
    await run(first.url, "create table kept (id integer); insert into kept values (1)");
    const facts = await checkServer(first.url);
    expect(facts.settings).toEqual({
      fsync: "on",
      full_page_writes: "on",
      synchronous_commit: "on",
      data_checksums: "on",
    });
    expect(facts.warnings).toEqual([]);
    expect(await run(first.url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    expect(await run(first.url, "show server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
    expect((await stat(path.join(dataDir, "postgres-password"))).mode & 0o777).toBe(0o600);
    const guessed = new URL(first.url);
    guessed.password = "guessed";
    await expect(checkServer(guessed.href)).rejects.toThrow(/refused the user or the password/);
    await expect(checkServer(guessed.href)).rejects.not.toThrow(/guessed/);
    await stop();

    const second = await start();
    expect(second).toMatchObject({ created: false, stoppedLeftover: false, port: first.port });
    expect(await run(second.url, "select id from kept")).toEqual([{ id: 1 }]);
  });

  it("stops the server that a killed parent left behind and starts again", async () => {
    const source = `
      import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres/server";
      const server = await startEmbeddedPostgres({ dataDir: process.argv[1] });
      process.stdout.write(JSON.stringify({ pid: server.pid }) + "\\n");
      setInterval(() => undefined, 1000);`;
    const args = ["--import", "tsx", "--input-type=module", "--eval", source, dataDir];
    const parent: ChildProcess = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(parent.stdout ?? parent, "data");
    const { pid } = JSON.parse(String(line));
    parent.kill("SIGKILL");
    await once(parent, "exit");
    expect(process.kill(pid, 0)).toBe(true);
    const started = await start();
    expect(started.stoppedLeftover).toBe(true);
    expect(started.pid).not.toBe(pid);
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it("is not held up by a pid file that names somebody else's process", async () => {
    await start();
    await stop();
    const pidFile = path.join(dataDir, "postgres", "postmaster.pid");
    await writeFile(
      pidFile,
      `${process.pid}\n${path.join(dataDir, "postgres")}\n1700000000\n5432\n\n127.0.0.1\n  1 1\n`,
    );
    await chmod(pidFile, 0o666);
    expect((await start()).stoppedLeftover).toBe(false);
  });

  it("recovers after the server itself was killed", async () => {
    const first = await start();
    await run(first.url, "create table kept (id integer); insert into kept values (1)");
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    const second = await start();
    expect(await run(second.url, "select id from kept")).toEqual([{ id: 1 }]);
  });

  it("removes a half-made data directory and takes another port when its own is taken", async () => {
    await mkdir(path.join(dataDir, "postgres.init-1", "data", "base"), { recursive: true });
    const first = await start();
    expect((await readdir(dataDir)).filter((name) => name.startsWith("postgres.init-"))).toEqual([]);
    await stop();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    await once(squatter, "listening");
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await readFile(path.join(dataDir, "postgres-port"), "utf8")).toBe(`${second.port}\n`);
    squatter.close();
  });

  it("explains data of another major version, foreign data and a lost password", async () => {
    await mkdir(path.join(dataDir, "postgres"));
    await writeFile(path.join(dataDir, "postgres", "notes.txt"), "mine");
    await expect(start()).rejects.toThrow(/not empty and holds no PostgreSQL data/);
    await rm(path.join(dataDir, "postgres"), { recursive: true });
    await start();
    await stop();
    await writeFile(path.join(dataDir, "postgres", "PG_VERSION"), "16\n");
    await expect(start()).rejects.toThrow(/made by PostgreSQL 16/);
    await writeFile(path.join(dataDir, "postgres", "PG_VERSION"), "18\n");
    await rm(path.join(dataDir, "postgres-password"));
    await expect(start()).rejects.toThrow(/postgres-password is missing/);
  });
});

describe("checkServer", () => {
  it("explains a server that is not there", async () => {
    await expect(checkServer("postgresql://me:hunter2@127.0.0.1:1/fleet")).rejects.toThrow(
      /No PostgreSQL answers at 127\.0\.0\.1:1\/fleet as me/,
    );
    await expect(checkServer("postgresql://me:hunter2@there-is-no.invalid/fleet")).rejects.toThrow(/host .* unknown/);
  });
});
