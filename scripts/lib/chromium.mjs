import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { say } from "./steps.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC_APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function findInstalled() {
  const directories = (process.env.PATH ?? "").split(path.delimiter);
  const onPath = NAMES.flatMap((name) => directories.map((directory) => path.join(directory, name)));
  const { chromium } = await import("@playwright/test");
  return [process.env.CHROMIUM_PATH ?? "", ...onPath, ...MAC_APPLICATIONS, chromium.executablePath()].find(
    (file) => file !== "" && existsSync(file) && isExecutable(file),
  );
}

function installWithApt() {
  say("  … installing Chromium with apt-get, once");
  const options = {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-qq"], options);
  const { status, stderr } = spawnSync(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    options,
  );
  if (status !== 0) say(`  ! apt-get could not install it: ${stderr?.trim().split("\n").at(-1) ?? "it did not run"}`);
}

/**
 * The Chromium for the browser tests: CHROMIUM_PATH, an installed one, Playwright's own, or one from apt when root.
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  const found = await findInstalled();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    installWithApt();
    return (await findInstalled()) ?? null;
  }
  return null;
}
