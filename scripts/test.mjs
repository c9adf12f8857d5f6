#!/usr/bin/env node
import { checkNodeVersion } from "./lib/node-version.mjs";

checkNodeVersion();
const { runAllTests } = await import("./lib/test.mjs");
process.exitCode = await runAllTests();
