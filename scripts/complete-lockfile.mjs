#!/usr/bin/env node
// Registry mirrors often carry the packages of one platform only, and npm then leaves the others out of the lock file,
// which `npm ci` refuses on every platform. Run this after `npm install <package>`: it adds the missing entries with
// the exact versions that their parents ask for. npm checks and installs them where the platform fits.
import { readFileSync, writeFileSync } from "node:fs";
import { fromRoot } from "./lib/paths.mjs";

const OPERATING_SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const CPUS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

/** The platform that a package is for, by the convention of its name (`…-linux-arm64-musl`). */
function platformOf(name) {
  const words = name.split("/").pop().split(/[-.]/);
  const os = OPERATING_SYSTEMS.filter((word) => words.includes(word));
  const cpu = CPUS.filter((word) => words.includes(word));
  if (words.includes("wasm32")) return { cpu: ["wasm32"] };
  const arm = words.some((word) => word.startsWith("gnueabihf") || word.startsWith("musleabihf") || word === "eabi");
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
  return {
    ...(cpu.length > 0 || arm ? { cpu: cpu.length > 0 ? cpu : ["arm"] } : {}),
    ...(os.length > 0 ? { os } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  };
}

/** True when a package that `parent` asks for is in the lock file, beside it or above it. */
function isResolved(packages, parent, name) {
  const levels = parent.split("/node_modules/");
  return (
    levels.some((_, index) => {
      const base = levels.slice(0, index + 1).join("/node_modules/");
      return packages[`${base}/node_modules/${name}`] !== undefined;
    }) || packages[`node_modules/${name}`] !== undefined
  );
}

const file = fromRoot("package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const added = [];
for (const [location, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isResolved(lock.packages, location, name)) continue;
    if (!/^\d+\.\d+\.\d+/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
    };
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(added.length === 0 ? "complete already\n" : `added ${added.join(", ")}\n`);
