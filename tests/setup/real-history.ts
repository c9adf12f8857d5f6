import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type RevertReference, revertReferenceSchema } from "@/lib/attribution/reverts/score";

const run = promisify(execFile);
const SHARED = path.resolve(process.cwd(), "../shared");

/** Whether the exports of real histories stand beside the checkout; users do not have them. */
export const realHistoriesPresent = existsSync(path.join(SHARED, "data")) && existsSync(path.join(SHARED, "tools"));

/** Rebuilds a bare repository from an export; the caller removes the folder. */
export async function rebuildHistory(name: string): Promise<{ gitDir: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), `fleetgauge-${name}-`));
  const gitDir = path.join(folder, `${name}.git`);
  const data = (suffix: string) => path.join(SHARED, "data", `${name}.${suffix}`);
  const reference = data("reverts.reference.json");
  await run(process.execPath, [
    path.join(SHARED, "tools/history-to-git.mjs"),
    data("commits.jsonl.gz"),
    gitDir,
    "--pulls",
    data("pulls.jsonl.gz"),
    ...(existsSync(reference) ? ["--reverts", reference] : []),
  ]);
  return { gitDir, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The hand-read list of a history's reverts. */
export async function readRevertReference(name: string): Promise<RevertReference> {
  const file = path.join(SHARED, "data", `${name}.reverts.reference.json`);
  return revertReferenceSchema.parse(JSON.parse(await readFile(file, "utf8")));
}
