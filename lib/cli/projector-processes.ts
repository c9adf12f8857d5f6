import { spawn } from "node:child_process";
import path from "node:path";
import { AppError } from "@/lib/core/errors";
import { HEAP_FLAGS } from "@/lib/core/heap-flags";
import type { CliContext } from "./context";

/**
 * Starts more processes of this command line that project what is waiting, on the same database: rules run on one core
 * each. They share the work by locks, and end with it or with this process.
 * @returns resolves when all of them have ended well
 * @throws {AppError} when one has not; its work is left to others
 */
export function startProjectors({ root }: CliContext, count: number): Promise<void> {
  const preload = ["--import", path.join(root, "scripts", "lib", "exit-with-parent.mjs")];
  const script = path.join(root, "scripts", "fleetgauge.mjs");
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const child = spawn(process.execPath, [...HEAP_FLAGS, ...preload, script, "project"], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      child.once("error", reject);
      child.once("exit", (code, signal) => {
        if (code === 0) resolve();
        else reject(new AppError({ code: "internal", message: `A projecting process ended with ${signal ?? code}.` }));
      });
    });
  const ended = Promise.all(Array.from({ length: count }, one)).then(() => undefined);
  // Whoever waits hears of the error; before that it must not end the process.
  ended.catch(() => undefined);
  return ended;
}
