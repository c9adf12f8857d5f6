import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { ROOT, STATE_DIR } from "./paths.mjs";
import { identify, isRunning, readJson, writeJson } from "./process-lock.mjs";

const RECORD = path.join(STATE_DIR, "setup-child.json");

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It has ended.
  }
}

/** Ends every program that `runLogged` is running, with all that it started. */
export function killRunning() {
  for (const child of running) {
    if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
  }
}

/** Ends an installation or a build whose own parent was killed: it would write into the one that follows. */
export function killLeftover() {
  const record = readJson(RECORD);
  if (isRunning(record)) signalGroup(record.pid, "SIGKILL");
  rmSync(RECORD, { force: true });
}

/** The first and the last lines: npm says what is wrong at the top, compilers at the bottom. */
function excerpt(lines) {
  if (lines.length <= 50) return lines.join("\n");
  return [...lines.slice(0, 20), "…", ...lines.slice(-30)].join("\n");
}

/**
 * Runs a program to its end, with its output in a log file that is shown only when it fails.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ log: string, env?: Record<string, string> }} options
 */
export async function runLogged(file, args, { log, env = {} }) {
  const logFile = path.join(STATE_DIR, log);
  mkdirSync(STATE_DIR, { recursive: true });
  const descriptor = openSync(logFile, "w", 0o600);
  // A process group of its own, so that all of it can be ended together.
  const child = spawn(file, args, {
    cwd: ROOT,
    detached: process.platform !== "win32",
    stdio: ["ignore", descriptor, descriptor],
    env: { ...process.env, ...env },
  });
  closeSync(descriptor);
  running.add(child);
  if (child.pid !== undefined) writeJson(RECORD, identify(child.pid));
  const code = await new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  running.delete(child);
  rmSync(RECORD, { force: true });
  if (code === 0) return;
  const said = excerpt(readFileSync(logFile, "utf8").trimEnd().split("\n"));
  const how = code === null ? "could not be run or was killed" : `failed with exit code ${code}`;
  throw new Failure(`${path.basename(file)} ${args.join(" ")} ${how}:\n\n${said}\n\nThe whole output: ${logFile}`);
}
