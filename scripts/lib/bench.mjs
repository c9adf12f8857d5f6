import { findChromium } from "./chromium.mjs";
import { Failure } from "./failure.mjs";
import { ROOT } from "./paths.mjs";
import { acquireLock } from "./process-lock.mjs";
import { forgetProductEnvironment } from "./product-environment.mjs";
import { build, isSetUp, setUp } from "./setup.mjs";
import { useErrorStream } from "./steps.mjs";

/** @param {string} file @returns {Promise<(() => void) | null>} */
async function lock(file) {
  const { release } = await acquireLock(file, { command: "bench" });
  return release;
}

/** @param {readonly string[]} args */
export async function runBench(args) {
  const cwd = (process.env.npm_lifecycle_event === "bench" ? process.env.INIT_CWD : undefined) ?? process.cwd();
  process.chdir(ROOT);
  forgetProductEnvironment();
  process.env.LOG_LEVEL ??= "warn";
  // The report alone goes to stdout.
  useErrorStream();
  try {
    if (!isSetUp()) await setUp();
    const { registerTypeScript } = await import("./register-typescript.mjs");
    registerTypeScript();
    const { main } = await import("../../bench/main.ts");
    process.exitCode = await main(args, { cwd, root: ROOT, lock, build, findChromium });
  } catch (error) {
    process.stderr.write(`${error instanceof Failure ? error.message : (error.stack ?? error)}\n`);
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
  }
}
