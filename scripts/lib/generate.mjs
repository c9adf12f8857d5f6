import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fingerprint } from "./fingerprint.mjs";
import { fromRoot } from "./paths.mjs";
import { runLogged } from "./run.mjs";

const MARKER = fromRoot("lib", "db", "generated", ".fingerprint");

const wantedMarker = () => fingerprint(["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"]);

/** Whether the Prisma client is that of the schema. */
export function isGenerated() {
  return existsSync(MARKER) && readFileSync(MARKER, "utf8") === wantedMarker();
}

/** Generates the Prisma client when the schema or Prisma itself changed. */
export async function ensureGenerated() {
  if (isGenerated()) return { note: "already there" };
  await runLogged(process.execPath, [fromRoot("node_modules", "prisma", "build", "index.js"), "generate"], {
    log: "generate.log",
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  writeFileSync(MARKER, wantedMarker());
  return { note: "generated" };
}
