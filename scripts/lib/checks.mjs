import { spawn } from "node:child_process";
import { fromRoot, ROOT } from "./paths.mjs";
import { say } from "./steps.mjs";

/** `failures` names what failed, with the first line of why. @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} Tally */

/** @param {readonly Tally[]} tallies @returns {Required<Tally>} */
export function addUp(tallies) {
  const sum = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  const failures = tallies.flatMap((tally) => tally.failures ?? []);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped"), failures };
}

/** The last line of a run. @param {Tally} tally */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Runs a Node program of a dependency with its output passed through or kept.
 * @param {string} script path below node_modules
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, quiet?: boolean }} [options]
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runTool(script, args, { env = {}, quiet = true } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [fromRoot("node_modules", script), ...args], {
      cwd: ROOT,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
    let output = "";
    const collect = (chunk) => {
      output += chunk.toString("utf8");
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

/**
 * Does one check that passes or fails as a whole, and says so on one line; what a failed one printed is shown.
 * @param {string} name
 * @param {() => Promise<{ code: number | null, output: string }>} work
 * @returns {Promise<Tally>}
 */
export async function check(name, work) {
  const started = performance.now();
  const { code, output } = await work().catch((error) => ({ code: null, output: String(error.message ?? error) }));
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (code === 0) {
    say(`  ✓ ${name} (${time})`);
    return { passed: 1, failed: 0, skipped: 0 };
  }
  say(`  ✗ ${name} (${time})\n\n${output.trim()}\n`);
  return { passed: 0, failed: 1, skipped: 0, failures: [name] };
}

const LAYER_PATHS = ["app", "bench", "components", "lib", "prisma", "scripts"];

/** The checks that read the sources only. */
export const sourceChecks = {
  "lint and format (biome)": () => runTool("@biomejs/biome/bin/biome", ["ci", "--colors=off", "."]),
  "layer rules (dependency-cruiser)": () =>
    runTool("dependency-cruiser/bin/dependency-cruise.mjs", ["--config", ".dependency-cruiser.cjs", ...LAYER_PATHS]),
  "unused files, exports and dependencies (knip)": () => runTool("knip/bin/knip.js", ["--no-progress"]),
  "types (tsc)": async () => {
    const generated = await runTool("next/dist/bin/next", ["typegen"]);
    if (generated.code !== 0) return generated;
    return runTool("typescript/bin/tsc", ["--noEmit", "-p", "."]);
  },
};
