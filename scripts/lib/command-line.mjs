import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectionFile, migrateAll, startEmbedded } from "./database.mjs";
import { loadEnvFile, parseEnvironment } from "./environment.mjs";
import { Failure } from "./failure.mjs";
import { fromRoot, ROOT } from "./paths.mjs";
import { acquireLock, isRunning, readJson } from "./process-lock.mjs";
import { ensureSecret } from "./secret.mjs";
import { isSetUp, setUp } from "./setup.mjs";
import { useErrorStream } from "./steps.mjs";

const CONNECT_WAIT_MS = 120_000;
const POLL_MS = 200;

/** @type {(() => Promise<void>) | null} */
let closeServer = null;

/** Waits until no other command uses the server that this one started. */
async function waitForOthers(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, application_name: "fleetgauge-stop" });
  await client.connect();
  let told = false;
  for (;;) {
    const { rows } = await client.query(
      `select count(*)::int as others from pg_stat_activity
       where application_name = 'fleetgauge-cli' and pid <> pg_backend_pid()`,
    );
    if (rows[0].others === 0) break;
    if (!told) process.stderr.write("Waiting for another command that uses the same database…\n");
    told = true;
    await sleep(1000);
  }
  await client.end();
}

/** The embedded database: the one of a running start or command, or one that lives as long as this command. */
async function openEmbedded(dataDir) {
  const lockFile = path.join(dataDir, "lock.json");
  const deadline = Date.now() + CONNECT_WAIT_MS;
  for (;;) {
    const { release, holder } = await acquireLock(lockFile, { command: process.argv.slice(2, 4).join(" ") });
    if (release !== null) {
      const server = await startEmbedded(dataDir);
      closeServer = async () => {
        closeServer = null;
        rmSync(connectionFile(dataDir), { force: true });
        await server.stop();
        release();
      };
      const close = async () => {
        await waitForOthers(server.url);
        await closeServer?.();
      };
      return { url: server.url, close };
    }
    const connection = readJson(connectionFile(dataDir));
    if (connection !== null && isRunning(holder)) return { url: connection.url, close: async () => undefined };
    if (Date.now() > deadline) {
      throw new Failure(`pid ${holder.pid} uses ${dataDir} and its database did not become reachable.`);
    }
    await sleep(POLL_MS);
  }
}

/** Failures of the set-up, in the words of the commands. */
async function openDatabase() {
  const { AppError } = await import("../../lib/core/errors.ts");
  try {
    return await openMigrated();
  } catch (error) {
    if (error instanceof Failure) throw new AppError({ code: "unavailable", message: error.message });
    throw error;
  }
}

async function openMigrated() {
  const env = await parseEnvironment();
  const database =
    env.databaseUrl === null ? await openEmbedded(env.dataDir) : { url: env.databaseUrl, close: async () => undefined };
  try {
    await migrateAll(database.url);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** Where the user stands: under `npm run` the working directory is the checkout's. */
function userDirectory() {
  const npmDirectory = process.env.npm_lifecycle_event === "fleetgauge" ? process.env.INIT_CWD : undefined;
  return npmDirectory ?? process.cwd();
}

function stopOnSignals() {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ]) {
    process.once(signal, async () => {
      // Open transactions end with their connections: nothing half-done is kept.
      await closeServer?.();
      process.exit(code);
    });
  }
}

/** @param {readonly string[]} args */
export async function runCommandLine(args) {
  const cwd = userDirectory();
  process.chdir(ROOT);
  stopOnSignals();
  try {
    loadEnvFile();
    if (!isSetUp()) {
      useErrorStream();
      await setUp();
    }
    const { registerTypeScript } = await import("./register-typescript.mjs");
    registerTypeScript();
    const { dataDir, secret } = await parseEnvironment();
    // What a start sealed with the secret that it made, commands open too.
    if (secret === null) process.env.FLEETGAUGE_SECRET = ensureSecret(dataDir);
    const { main } = await import("../../lib/cli/main.ts");
    const { version } = JSON.parse(readFileSync(fromRoot("package.json"), "utf8"));
    process.exitCode = await main(args, { cwd, root: ROOT, version, openDatabase });
  } catch (error) {
    await closeServer?.();
    process.stderr.write(`${error instanceof Failure ? error.message : (error.stack ?? error)}\n`);
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
  }
}
