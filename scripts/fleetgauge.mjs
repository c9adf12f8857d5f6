#!/usr/bin/env -S node --max-semi-space-size=32
import { checkNodeVersion } from "./lib/node-version.mjs";

checkNodeVersion();
const { runCommandLine } = await import("./lib/command-line.mjs");
await runCommandLine(process.argv.slice(2));
