import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * When a process began, in a form that only compares; null when it is gone. A pid alone is not an identity: it is
 * given to another process after a reboot or in a new container.
 * @param {number} pid
 * @returns {string | null}
 */
function startedAt(pid) {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold spaces; what follows is state (3) … start time (22).
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z" || fields[0] === "X") return null;
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      return `${boot}:${fields[19]}`;
    } catch {
      return null;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return null;
  }
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.trim() || "unknown";
}

/**
 * What is needed to recognise a process later.
 * @param {number} pid
 */
export function identify(pid) {
  return { pid, startedAt: startedAt(pid) };
}

/**
 * True when exactly this process is still alive.
 * @param {{ pid: number, startedAt: string | null } | null} identity
 */
export function isRunning(identity) {
  return identity !== null && identity.startedAt !== null && startedAt(identity.pid) === identity.startedAt;
}

/** The parent of a process and how that process calls itself, or null. */
function parentAndCommand(pid) {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return { parent, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") };
    } catch {
      return null;
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "ppid=,args=", "-p", String(pid)], { encoding: "utf8" });
  const found = /^\s*(\d+)\s+(.*)/.exec(stdout ?? "");
  return found === null ? null : { parent: Number(found[1]), command: found[2] };
}

/**
 * The npm that started this process, directly or through a shell; null when there is none.
 * @returns {{ pid: number, startedAt: string | null } | null}
 */
export function findNpm() {
  let pid = process.ppid;
  for (let level = 0; level < 2 && pid > 0; level += 1) {
    const found = parentAndCommand(pid);
    if (found === null) return null;
    if (/\bnpm\b/.test(found.command) && !/^\S*\bsh /.test(found.command)) return identify(pid);
    pid = found.parent;
  }
  return null;
}

/**
 * A JSON file, or null when it is missing or was cut off.
 * @param {string} file
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * Writes a file so that a reader sees the old or the new content and nothing between.
 * @param {string} file
 * @param {unknown} value
 */
export function writeJson(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}`;
  writeFileSync(temporary, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

/** @param {string} file @param {object} info */
function tryTake(file, info) {
  const temporary = `${file}.${randomUUID()}`;
  writeFileSync(temporary, JSON.stringify({ ...identify(process.pid), ...info }), { mode: 0o600 });
  try {
    // Unlike a rename, a link fails when the name is taken: one of many gets it, with its content complete.
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** @param {string} file @param {{ pid: number, startedAt: string | null } | null} stale */
function removeStale(file, stale) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readJson(aside);
  // Somebody may have replaced the stale lock between our look and our move: give a live one back.
  if (moved !== null && moved.pid !== stale?.pid && isRunning(moved)) {
    try {
      linkSync(aside, file);
    } catch {
      // A third process took it meanwhile.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Takes a lock that belongs to this process. A lock whose process is gone, however it ended, counts as free.
 * @param {string} file
 * @param {object} info told to others that find the lock taken
 * @param {{ waitMs?: number, onWait?: (holder: { pid: number }) => void }} [options]
 * @returns {Promise<{ release: () => void, holder: null } | { release: null, holder: { pid: number } & Record<string, unknown> }>}
 */
export async function acquireLock(file, info, { waitMs = 0, onWait } = {}) {
  // Root's PostgreSQL runs as another user, which has to pass through; the files themselves are private.
  mkdirSync(path.dirname(file), { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const deadline = Date.now() + waitMs;
  let told = false;
  for (;;) {
    if (tryTake(file, info)) {
      const release = () => {
        if (readJson(file)?.pid === process.pid) rmSync(file, { force: true });
      };
      return { release, holder: null };
    }
    const holder = readJson(file);
    if (!isRunning(holder)) {
      removeStale(file, holder);
      continue;
    }
    if (Date.now() >= deadline) return { release: null, holder };
    if (!told) onWait?.(holder);
    told = true;
    await sleep(100);
  }
}
