#!/usr/bin/env node
import { checkNodeVersion } from "./lib/node-version.mjs";

checkNodeVersion();
const { ROOT } = await import("./lib/paths.mjs");
const { forgetProductEnvironment } = await import("./lib/product-environment.mjs");
const { build, isSetUp, setUp } = await import("./lib/setup.mjs");
const { useErrorStream } = await import("./lib/steps.mjs");
const { registerTypeScript } = await import("./lib/register-typescript.mjs");

process.chdir(ROOT);
forgetProductEnvironment();
process.env.LOG_LEVEL ??= "silent";
// The report alone goes to stdout.
useErrorStream();
if (!isSetUp()) await setUp();
await build();
registerTypeScript();
const { main } = await import("../tests/chaos/main.ts");
process.exitCode = await main(process.argv.slice(2));
