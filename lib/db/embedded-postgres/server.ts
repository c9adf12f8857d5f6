import { type ChildProcess, spawn } from "node:child_process";
import { close, open } from "node:fs";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Client } from "pg";
import { AppError, errorCode } from "@/lib/core/errors";
import { findBinaries, type PostgresBinaries } from "./binaries";
import { clusterDirectory, ensureCluster, SUPERUSER } from "./cluster";
import { settlePostmaster, stopPostmaster } from "./postmaster";
import { resolveServerUser, type ServerUser } from "./server-user";

const DATABASE = "fleetgauge";
const START_ATTEMPTS = 5;
const START_WAIT_MS = 120_000;
const POLL_MS = 40;
const MAX_LOG_BYTES = 10 * 1024 * 1024;

export type EmbeddedPostgres = {
  /** Connection string of the application's database, with its password. */
  url: string;
  port: number;
  pid: number;
  /** The user that the server runs as. */
  user: string;
  /** True when this start made the cluster. */
  created: boolean;
  /** True when a server that an earlier, killed start had left behind was stopped first. */
  stoppedLeftover: boolean;
  /** Resolves when the server process ends, whoever ended it. */
  exited: Promise<void>;
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Absolute path; made if it is missing. The caller holds the lock on it. */
  dataDir: string;
  /** False for throw-away databases only: nothing is forced to disk. */
  durable?: boolean;
};

const SETTINGS: readonly string[] = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "password_encryption=scram-sha-256",
  "timezone=UTC",
  "log_timezone=UTC",
  "shared_buffers=256MB",
  "work_mem=32MB",
  "maintenance_work_mem=256MB",
  "max_wal_size=2GB",
  "checkpoint_timeout=15min",
  "random_page_cost=1.1",
  "jit=off",
];
const DURABLE: readonly string[] = ["fsync=on", "full_page_writes=on", "synchronous_commit=on"];
const THROW_AWAY: readonly string[] = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("the system gave no port"));
      });
    });
  });
}

function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** The port of the last start while it is free, so that a saved connection keeps working; else another one. */
async function choosePort(file: string): Promise<number> {
  const remembered = Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10);
  if (remembered > 1023 && remembered < 65_536 && (await portIsFree(remembered))) return remembered;
  const port = await freePort();
  await writeFile(file, `${port}\n`);
  return port;
}

/** The server writes to a file and not to a pipe: it must outlive a parent that is killed without losing its log. */
async function openLog(dataDir: string): Promise<{ file: string; offset: number; descriptor: number }> {
  const file = path.join(dataDir, "postgres.log");
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  const fresh = size > MAX_LOG_BYTES;
  const descriptor = await promisify(open)(file, fresh ? "w" : "a", 0o600);
  return { file, offset: fresh ? 0 : size, descriptor };
}

async function connectOnce(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // A server that goes away in the middle of the handshake must not end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Errors that a server which is still starting, or recovering, answers with. */
const NOT_YET: ReadonlySet<string | null> = new Set(["ECONNREFUSED", "57P03", "ECONNRESET"]);

async function waitUntilReady(url: string, child: ChildProcess): Promise<"ready" | "exited"> {
  const deadline = Date.now() + START_WAIT_MS;
  while (child.exitCode === null && child.signalCode === null) {
    try {
      await connectOnce(url);
      return "ready";
    } catch (error) {
      if (!NOT_YET.has(errorCode(error))) throw error;
    }
    if (Date.now() > deadline) throw new AppError({ code: "unavailable", message: "PostgreSQL did not become ready." });
    await sleep(POLL_MS);
  }
  return "exited";
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(DATABASE)}`);
  } finally {
    await client.end();
  }
}

type Launch = { child: ChildProcess; url: (database: string) => string; port: number };

async function launch(
  options: EmbeddedPostgresOptions,
  binaries: PostgresBinaries,
  user: ServerUser,
  password: string,
): Promise<Launch> {
  const { dataDir, durable = true } = options;
  const portFile = path.join(dataDir, "postgres-port");
  let said = "";
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = await choosePort(portFile);
    const log = await openLog(dataDir);
    const settings = [...SETTINGS, ...(durable ? DURABLE : THROW_AWAY)].flatMap((setting) => ["-c", setting]);
    const { file, args, ...ids } = user.command(binaries.postgres, [
      "-D",
      clusterDirectory(dataDir),
      "-p",
      String(port),
      ...settings,
    ]);
    // Its own session: Ctrl-C in the terminal reaches us alone, and we stop web and worker before the database.
    const child = spawn(file, args, {
      ...ids,
      cwd: "/",
      detached: true,
      stdio: ["ignore", log.descriptor, log.descriptor],
    });
    const failed = new Promise<never>((_resolve, reject) => child.once("error", reject));
    await promisify(close)(log.descriptor);
    const url = (database: string) => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
    if ((await Promise.race([waitUntilReady(url("postgres"), child), failed])) === "ready") return { child, url, port };
    said = (await readFile(log.file, "utf8")).slice(log.offset).trim();
    // Parts of a server that was killed may hold its memory for a moment; a port may be taken between check and use.
    await sleep(500 * attempt);
  }
  throw new AppError({
    code: "unavailable",
    message: `PostgreSQL does not start. Its log (${path.join(dataDir, "postgres.log")}) says:\n${said}`,
  });
}

/**
 * Starts the packaged PostgreSQL on the data directory, making the cluster at the first start. It listens on
 * 127.0.0.1 only, with a random password kept in the data directory.
 * @throws {AppError} `unavailable` with what stands in the way
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir } = options;
  // Root's server runs as another user, which has to pass through this directory; the files in it stay private.
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const cluster = clusterDirectory(dataDir);
  const binaries = await findBinaries();
  const user = await resolveServerUser(binaries, cluster);
  const { password, created } = await ensureCluster(dataDir, binaries, user);
  const stoppedLeftover = await settlePostmaster(cluster);
  const { child, url, port } = await launch(options, binaries, user, password);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const pid = child.pid;
  if (pid === undefined) throw new AppError({ code: "internal", message: "PostgreSQL was started without a pid." });
  try {
    await ensureDatabase(url("postgres"));
  } catch (error) {
    await stopPostmaster(pid);
    throw error;
  }
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) await stopPostmaster(pid);
  };
  return { url: url(DATABASE), port, pid, user: user.name, created, stoppedLeftover, exited, stop };
}
