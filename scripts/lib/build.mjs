import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { fromRoot } from "./paths.mjs";
import { identify, isRunning, readJson, writeJson } from "./process-lock.mjs";
import { runLogged } from "./run.mjs";

const MARKER = fromRoot(".next", "fleetgauge-build");
const SERVING = fromRoot(".next", "fleetgauge-serving.json");

const INPUTS = [
  "app",
  "components",
  "lib",
  "public",
  "prisma",
  "instrumentation.ts",
  "next.config.ts",
  "package.json",
  "package-lock.json",
  "postcss.config.mjs",
  "tsconfig.json",
];

/** @param {string} file */
function isBuildInput(file) {
  return !/\.test\.tsx?$/.test(file) && !file.includes("/.");
}

/** Notes that the build is being served by a process, so that nobody replaces it under that process. */
export function markServing(pid) {
  writeJson(SERVING, identify(pid));
}

/** Builds the web application when its sources changed; the marker is written last, so half a build never counts. */
export async function ensureBuilt() {
  const wanted = fingerprint(INPUTS, isBuildInput);
  if (existsSync(MARKER) && readFileSync(MARKER, "utf8") === wanted) return { note: "already there" };
  const serving = readJson(SERVING);
  if (isRunning(serving)) {
    throw new Failure(
      `The sources changed since the last build, and that build is being served by pid ${serving.pid}. ` +
        "Stop that Fleetgauge first, then start again.",
    );
  }
  rmSync(MARKER, { force: true });
  await runLogged(process.execPath, [fromRoot("node_modules", "next", "dist", "bin", "next"), "build"], {
    log: "build.log",
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  writeFileSync(MARKER, wanted);
  return { note: "next build" };
}
