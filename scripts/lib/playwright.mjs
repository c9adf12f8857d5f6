import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runTool } from "./checks.mjs";
import { findChromium } from "./chromium.mjs";
import { readJson } from "./process-lock.mjs";
import { say } from "./steps.mjs";

/** Names of what failed, of suites in suites. @returns {string[]} */
function failuresIn(suites = []) {
  return suites.flatMap((suite) => [
    ...suite.specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `tests/e2e/${file}:${line} > ${title}`),
    ...failuresIn(suite.suites),
  ]);
}

/**
 * Runs the browser tests and counts every one; a test that passed only at a second try would count as failed.
 * @returns {Promise<import("./checks.mjs").Tally>}
 */
export async function runPlaywright() {
  const chromium = await findChromium();
  if (chromium === null) {
    say(
      "  ✗ browser tests: no Chromium was found. Install chromium or google-chrome with the system's package manager, " +
        "or name one: CHROMIUM_PATH=/path/to/chrome npm test",
    );
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const directory = mkdtempSync(path.join(tmpdir(), "fleetgauge-report-"));
  const report = path.join(directory, "playwright.json");
  try {
    const { code } = await runTool("@playwright/test/cli.js", ["test", "--reporter=list,json"], {
      quiet: false,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROMIUM_PATH: chromium },
    });
    const result = readJson(report);
    if (result?.stats === undefined) return { passed: 0, failed: 1, skipped: 0 };
    const { stats } = result;
    const failed = stats.unexpected + stats.flaky;
    return {
      passed: stats.expected,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: stats.skipped,
      failures: failuresIn(result.suites),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
