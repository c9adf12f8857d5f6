import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runTool } from "./checks.mjs";
import { ROOT } from "./paths.mjs";
import { readJson } from "./process-lock.mjs";

/** @param {string | undefined} text */
const firstLine = (text) => (text ?? "").trim().split("\n")[0];

/**
 * Runs vitest and counts every test. A file that cannot even be loaded counts as one failure.
 * @param {readonly string[]} projects
 * @returns {Promise<import("./checks.mjs").Tally>}
 */
export async function runVitest(projects) {
  const directory = mkdtempSync(path.join(tmpdir(), "fleetgauge-report-"));
  const report = path.join(directory, "vitest.json");
  try {
    const { code } = await runTool(
      "vitest/vitest.mjs",
      [
        "run",
        ...projects.flatMap((project) => ["--project", project]),
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ],
      { quiet: false },
    );
    const result = readJson(report);
    if (result === null) return { passed: 0, failed: 1, skipped: 0 };
    const unloaded = result.testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    );
    const failed = result.numFailedTests + unloaded.length;
    const failures = result.testResults.flatMap(({ assertionResults, message, name, status }) => {
      const file = path.relative(ROOT, name);
      if (status === "failed" && assertionResults.length === 0) return [`${file}: ${firstLine(message)}`];
      return assertionResults
        .filter((one) => one.status === "failed")
        .map(({ failureMessages, fullName }) => `${file} > ${fullName}: ${firstLine(failureMessages[0])}`);
    });
    return {
      failures,
      passed: result.numPassedTests,
      // An error outside of every test (a failed set-up, an unhandled rejection) fails the run without a failed test.
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
