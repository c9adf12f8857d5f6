import { addUp, check, lastLine, sourceChecks } from "./checks.mjs";
import { runPlaywright } from "./playwright.mjs";
import { killRunning } from "./run.mjs";
import { build, setUp } from "./setup.mjs";
import { say } from "./steps.mjs";
import { runVitest } from "./vitest.mjs";

/** Tests choose their own database and data directory; what the user set for the product must not reach them. */
const PRODUCT_VARIABLES = [
  "DATABASE_URL",
  "DATABASE_REPLICA_URL",
  "PORT",
  "APP_URL",
  "FLEETGAUGE_DATA_DIR",
  "FLEETGAUGE_DEMO",
];

function forgetProductEnvironment() {
  for (const name of PRODUCT_VARIABLES) {
    delete process.env[name];
    delete process.env[`${name}_FILE`];
  }
}

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
  say(`\n${lastLine(total)}`);
  return total.failed === 0 ? 0 : 1;
}
