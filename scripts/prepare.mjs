#!/usr/bin/env node
// Makes a checkout ready to start: dependencies, generated code and the production build. For images.
import { checkNodeVersion } from "./lib/node-version.mjs";

checkNodeVersion();
const { build, setUp } = await import("./lib/setup.mjs");
try {
  await setUp();
  await build();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
