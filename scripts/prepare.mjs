#!/usr/bin/env node
// Makes a checkout ready to start: dependencies, generated code and the production build. With --image it is then cut
// down to what runs, and never installs or builds again.
import { checkNodeVersion } from "./lib/node-version.mjs";

checkNodeVersion();
const { build, setUp } = await import("./lib/setup.mjs");
try {
  await setUp();
  await build();
  if (process.argv.includes("--image")) {
    const { becomeImage } = await import("./lib/image.mjs");
    await becomeImage();
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
