#!/usr/bin/env node
import { checkNodeVersion } from "./lib/node-version.mjs";

checkNodeVersion();
const { setUp } = await import("./lib/setup.mjs");
const { addUp, check, lastLine, runTool, sourceChecks } = await import("./lib/checks.mjs");

await setUp();
const unitTests = () => runTool("vitest/vitest.mjs", ["run", "--project", "unit", "--reporter=dot"]);
const checks = { ...sourceChecks, "unit tests (vitest)": unitTests };
const total = addUp(await Promise.all(Object.entries(checks).map(([name, work]) => check(name, work))));
process.stdout.write(`\n${lastLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
