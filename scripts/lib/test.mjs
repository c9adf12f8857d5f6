import { addUp, check, lastLine, sourceChecks } from "./checks.mjs";
import { runPlaywright } from "./playwright.mjs";
import { forgetProductEnvironment } from "./product-environment.mjs";
import { killRunning } from "./run.mjs";
import { build, setUp } from "./setup.mjs";
import { say } from "./steps.mjs";
import { runVitest } from "./vitest.mjs";

/** @param {() => Promise<void>} work */
async function asResult(work) {
  await work();
  return { code: 0, output: "" };
}

/** Everything that continuous integration runs. @returns {Promise<number>} the exit code */
export async function runAllTests() {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      killRunning();
      process.exit(130);
    });
  }
  forgetProductEnvironment();
  const tallies = [];
  say("Set-up");
  const installed = await check("dependencies and generated code", () => asResult(setUp));
  tallies.push(installed);
  if (installed.failed === 0) {
    say("\nSources");
    for (const [name, work] of Object.entries(sourceChecks)) tallies.push(await check(name, work));
    say("\nUnit, database, API and golden tests");
    tallies.push(await runVitest(["unit", "db"]));
    say("\nBrowser tests");
    const built = await check("build", () => asResult(build));
    tallies.push(built);
    if (built.failed === 0) tallies.push(await runPlaywright());
  }
  const total = addUp(tallies);
  // Of a long run often only its end is kept.
  if (total.failures.length > 0) say(`\nFailed:\n${total.failures.map((failure) => `  ${failure}`).join("\n")}`);
  say(`\n${lastLine(total)}`);
  return total.failed === 0 ? 0 : 1;
}
