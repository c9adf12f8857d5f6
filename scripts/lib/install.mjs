import { existsSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { fromRoot } from "./paths.mjs";
import { readJson } from "./process-lock.mjs";
import { runLogged } from "./run.mjs";

/**
 * True when node_modules is what package-lock.json asks for. npm writes its own record (`.package-lock.json`) as the
 * last thing of an installation, so one that was interrupted has none.
 */
function isInstalled() {
  const wanted = readJson(fromRoot("package-lock.json"))?.packages;
  const found = readJson(fromRoot("node_modules", ".package-lock.json"))?.packages;
  if (!wanted) throw new Failure("package-lock.json is missing or damaged: get a complete copy of Fleetgauge.");
  if (!found) return false;
  return Object.entries(wanted).every(([location, { version, optional, devOptional, peer, link }]) => {
    if (location === "" || link) return true;
    // Packages for other platforms are optional and absent.
    if (found[location] === undefined) return Boolean(optional || devOptional || peer);
    return found[location].version === version && existsSync(fromRoot(location, "package.json"));
  });
}

/** Installs the dependencies when they are missing, incomplete or of another version. */
export async function ensureInstalled() {
  if (isInstalled()) return { note: "already there" };
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await runLogged(npm, ["ci", "--include=dev", "--no-audit", "--no-fund"], {
    log: "install.log",
    env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1", NODE_ENV: "development" },
  });
  return { note: "npm ci" };
}

export { isInstalled };
