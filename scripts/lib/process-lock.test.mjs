import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLock, identify, isRunning } from "./process-lock.mjs";

const MODULE = path.join(import.meta.dirname, "process-lock.mjs");

let directory;
let file;

/** A process that takes the lock, says whether it got it, and keeps it until it is killed. */
function contender() {
  const source = `
    const { acquireLock } = await import(${JSON.stringify(MODULE)});
    const { release } = await acquireLock(process.argv[1], { url: "http://x" });
    process.stdout.write(release === null ? "taken" : "got it");
    setInterval(() => undefined, 1000);`;
  return spawn(process.execPath, ["--input-type=module", "--eval", source, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "fleetgauge-lock-"));
  file = path.join(directory, "lock.json");
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe("acquireLock", () => {
  it("gives the lock to one and tells the others who has it", async () => {
    const { release } = await acquireLock(file, { url: "http://127.0.0.1:3000" });
    const second = await acquireLock(file, {});
    expect(second.release).toBeNull();
    expect(second.holder).toMatchObject({ pid: process.pid, url: "http://127.0.0.1:3000" });
    release();
    expect((await acquireLock(file, {})).holder).toBeNull();
  });

  it("gives it to exactly one of eight processes, also over a stale lock", { timeout: 30_000 }, async () => {
    const gone = spawn(process.execPath, ["--eval", ""]);
    await once(gone, "exit");
    writeFileSync(file, JSON.stringify({ pid: gone.pid, startedAt: "then" }));
    const contenders = Array.from({ length: 8 }, contender);
    const said = await Promise.all(contenders.map(async (child) => String((await once(child.stdout, "data"))[0])));
    for (const child of contenders) child.kill("SIGKILL");
    expect(said.filter((word) => word === "got it")).toHaveLength(1);
    await Promise.all(contenders.map((child) => child.exitCode ?? child.signalCode ?? once(child, "exit")));
    // All of them were killed: the lock is free again.
    expect((await acquireLock(file, {})).release).not.toBeNull();
  });

  it("takes over a lock that was cut off in the middle of a write", async () => {
    writeFileSync(file, '{"pid":');
    expect((await acquireLock(file, {})).release).not.toBeNull();
    expect(JSON.parse(readFileSync(file, "utf8")).pid).toBe(process.pid);
  });

  it("does not take a process for another one that had its pid", () => {
    expect(isRunning(identify(process.pid))).toBe(true);
    expect(isRunning({ pid: process.pid, startedAt: "an earlier boot" })).toBe(false);
    expect(isRunning(null)).toBe(false);
  });
});
