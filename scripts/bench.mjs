#!/usr/bin/env node
import { checkNodeVersion } from "./lib/node-version.mjs";

checkNodeVersion();
const { runBench } = await import("./lib/bench.mjs");
await runBench(process.argv.slice(2));
