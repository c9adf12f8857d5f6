import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { markServing } from "./build.mjs";
import { connectionFile, migrateAll, openDatabase } from "./database.mjs";
import { childEnvironment, dataDirectory, loadEnvFile, parseEnvironment, webPort } from "./environment.mjs";
import { Failure } from "./failure.mjs";
import { fromRoot } from "./paths.mjs";
import { checkPort, listenHost, urlHost } from "./port.mjs";
import { acquireLock, findNpm, isRunning } from "./process-lock.mjs";
import { killRunning } from "./run.mjs";
import { ensureSecret } from "./secret.mjs";
import { build, setUp } from "./setup.mjs";
import { say, step } from "./steps.mjs";
import { Supervisor } from "./supervisor.mjs";

/** A start that was just told to stop may need a moment to give its lock back. */
const LOCK_WAIT_MS = 5000;
const READY_WAIT_MS = 120_000;
const PARENT_POLL_MS = 1000;

const supervisor = new Supervisor();
/** @type {(() => void)[]} */
const cleanUps = [];
/** @type {ReturnType<typeof openDatabase> | null} */
let opening = null;
let ending = false;

/** Stops web and worker, then the database, then gives the lock back. */
async function stopAll() {
  killRunning();
  await supervisor.stop();
  // A server that is just starting is stopped too; one that failed to start has said so.
  const database = await opening?.catch(() => null);
  await database?.server?.stop();
  for (const cleanUp of cleanUps.reverse()) cleanUp();
}

/** @param {number} exitCode @param {string} [message] */
async function end(exitCode, message) {
  if (ending) return;
  ending = true;
  if (message !== undefined) process.stderr.write(`\n${message}\n`);
  try {
    await stopAll();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
  process.exit(exitCode);
}

function watchSignals() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A second Ctrl-C does not wait for requests and jobs; PostgreSQL is always stopped in order.
      if (ending) supervisor.kill();
      else end(0, "Stopping…").then(() => undefined);
    });
  }
  // Under npm the terminal belongs to npm, with a shell between: when npm is killed, nobody else would stop us.
  const npm = findNpm();
  if (npm === null) return;
  setInterval(() => {
    if (!isRunning(npm)) end(1, "npm has ended: stopping.");
  }, PARENT_POLL_MS).unref();
}

/** One start per data directory. */
async function lockDataDirectory(dataDir, url) {
  const { release, holder } = await acquireLock(
    path.join(dataDir, "lock.json"),
    { url },
    { waitMs: LOCK_WAIT_MS },
  ).catch((error) => {
    throw new Failure(`The data directory ${dataDir} cannot be written (${error.code ?? error.message}).`);
  });
  if (release === null) {
    const what = holder.url
      ? `Fleetgauge already runs as pid ${holder.pid} at ${holder.url}`
      : `pid ${holder.pid} uses`;
    throw new Failure(
      `${what} with the data directory ${dataDir}.\nStop it with: kill ${holder.pid}\n` +
        "To run another one beside it, give it its own FLEETGAUGE_DATA_DIR and PORT.",
    );
  }
  cleanUps.push(release);
}

/** Waits for the web server to say that it is ready. */
async function waitUntilReady(url) {
  const deadline = Date.now() + READY_WAIT_MS;
  let last = "no answer";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`${url}/api/ready`, { signal: AbortSignal.timeout(10_000) });
      if (response.ok) return;
      last = await response.text();
    } catch {
      // The server is not listening yet.
    }
    await sleep(100);
  }
  throw new Failure(`The web server did not become ready within two minutes (${last}).`);
}

/** The accounts that the environment names. @returns the code of the set-up while there is no user, else null */
async function prepareAccounts(env) {
  let setUpCode = null;
  const how = await supervisor.run("accounts", [fromRoot("scripts", "accounts.mjs")], env, (message) => {
    setUpCode = message.setUpCode;
  });
  if (how !== "ended with exit code 0") throw new Failure(`The accounts could not be prepared: the command ${how}.`);
  return setUpCode;
}

async function loadSample(env) {
  const how = await supervisor.run("sample", [fromRoot("scripts", "fleetgauge.mjs"), "sample", "load"], env);
  if (how !== "ended with exit code 0") throw new Failure(`The sample fleet could not be loaded: the command ${how}.`);
}

async function run({ dev }) {
  loadEnvFile();
  const port = webPort();
  const host = listenHost();
  const url = `http://${urlHost(host)}:${port}`;
  const dataDir = dataDirectory();
  say(`Fleetgauge ${dev ? "(development) " : ""}starts\n`);
  await lockDataDirectory(dataDir, url);
  await checkPort(port, host);
  await setUp();
  const { registerTypeScript } = await import("./register-typescript.mjs");
  registerTypeScript();
  const { HEAP_FLAGS } = await import("../../lib/core/heap-flags.ts");
  const parsed = await parseEnvironment();
  opening = openDatabase(parsed);
  const database = await opening;
  if (database.server !== null) cleanUps.push(() => rmSync(connectionFile(dataDir), { force: true }));
  await step("migrations", () => migrateAll(database.url));
  if (!dev) await build();

  const env = childEnvironment({
    NODE_ENV: dev ? "development" : "production",
    PORT: String(port),
    DATABASE_URL: database.url,
    FLEETGAUGE_SECRET: parsed.secret ?? ensureSecret(dataDir),
    FLEETGAUGE_DATA_DIR: dataDir,
  });
  const setUpCode = await step("accounts", () => prepareAccounts(env));
  if (parsed.demo) await step("sample fleet", () => loadSample(env), { announce: "loading the sample fleet" });
  await step("web and worker", async () => {
    const next = fromRoot("node_modules", "next", "dist", "bin", "next");
    const script = dev
      ? [next, "dev", "-H", host, "-p", String(port)]
      : [fromRoot("scripts", "web.mjs"), "--accounts-are-ready"];
    const web = supervisor.start("web", script, env);
    if (!dev) markServing(web.process.pid);
    supervisor.start("worker", [...HEAP_FLAGS, fromRoot("scripts", "worker.mjs")], env);
    const failed = supervisor.unexpectedEnd().then((reason) => {
      throw new Failure(reason);
    });
    await Promise.race([waitUntilReady(url), failed]);
  });
  say(`\nFleetgauge is ready: ${url}`);
  say(
    setUpCode === null
      ? "Sign in there with your account."
      : `\n  ${setUpCode}\n\nis the code to make the first owner with: open ${url}/set-up and enter it. It is valid for a day.`,
  );
  say("Press Ctrl-C to stop.\n");

  const databaseEnded = database.server?.exited.then(
    () => `PostgreSQL ended. Its log: ${path.join(dataDir, "postgres.log")}`,
  );
  const reason = await Promise.race([supervisor.unexpectedEnd(), databaseEnded ?? new Promise(() => undefined)]);
  await end(1, `${reason} Fleetgauge stops.`);
}

/** @param {{ dev: boolean }} options */
export async function main(options) {
  watchSignals();
  try {
    await run(options);
  } catch (error) {
    if (error instanceof Failure) await end(error.exitCode, error.message);
    else await end(1, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
