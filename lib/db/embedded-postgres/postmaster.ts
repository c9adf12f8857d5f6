import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import { runCommand } from "./run-command";

/** Above every platform's largest process id: PostgreSQL takes it for a process that has ended. */
const DEAD_PID = 2_147_483_646;

const STOP_WAIT_MS = 60_000;
const POLL_MS = 50;

/** True while a process exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === "linux") {
    const raw = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return raw.replaceAll("\0", " ");
  }
  const { output } = await runCommand("ps", ["-o", "command=", "-p", String(pid)]);
  return output;
}

/** Waits for a process to end. @returns false when it has not after `timeoutMs` */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the check and the signal.
  }
}

/** Ends a server: open transactions are rolled back and all is written (fast); after a minute at once (immediate). */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, "SIGINT");
  if (await waitForExit(pid, STOP_WAIT_MS)) return;
  signal(pid, "SIGQUIT");
  if (await waitForExit(pid, STOP_WAIT_MS)) return;
  throw new AppError({ code: "unavailable", message: `The PostgreSQL server with pid ${pid} does not stop.` });
}

/**
 * Clears what an earlier server left in a cluster: a live server of ours is stopped (its parent was killed), and a pid
 * file that names a process of somebody else no longer blocks the start.
 * @returns true when a live server was found and stopped
 */
export async function settlePostmaster(cluster: string): Promise<boolean> {
  const file = path.join(cluster, "postmaster.pid");
  const content = await readFile(file, "utf8").catch(() => null);
  if (content === null) return false;
  const lines = content.split("\n");
  const pid = Number.parseInt(lines[0] ?? "", 10);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  const command = await commandLine(pid);
  if (command.includes("postgres") && command.includes(cluster)) {
    await stopPostmaster(pid);
    return true;
  }
  // The pid was given to another process, for instance after a reboot or in a new container. The other lines stay:
  // PostgreSQL uses them to find out whether parts of the old server still hold the shared memory.
  await writeFile(file, [String(DEAD_PID), ...lines.slice(1)].join("\n"));
  return false;
}
