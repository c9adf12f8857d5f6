#!/usr/bin/env node
import { checkNodeVersion } from "./lib/node-version.mjs";

checkNodeVersion();
const { main } = await import("./lib/start.mjs");
await main({ dev: process.argv.includes("--dev") });
