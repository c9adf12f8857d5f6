import { z } from "zod";
import type { CompanySize } from "@/bench/company/size";
import type { BenchDatabase } from "@/bench/database/open";
import { vacuumAnalyze } from "@/bench/database/vacuum";
import type { Report } from "@/bench/report/report";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type LoadProgress, type LoadStep, loadCompany, STEP_TABLES, type StepName } from "./load-company";
import { loadTables } from "./load-report";

const stepName = z.custom<StepName>((name) => typeof name === "string" && Object.hasOwn(STEP_TABLES, name));
const manifestSchema = z.strictObject({
  loadedAt: z.string(),
  steps: z.array(z.strictObject({ name: stepName, events: z.number(), seconds: z.number() })),
});

/** Whether the reverts came out as they were planned: each planned one resolved, and no other counted. */
async function rollbackCheck(size: CompanySize): Promise<string> {
  const [row] = await query<{ counted: number }>(sql`select count(*) as counted from fact_rollback where counts`);
  return `${size.reverts} reverts were planned, ${row?.counted ?? 0} counted rollbacks were resolved from texts and files.`;
}

/** Loads the company unless this database holds it already. @returns the steps of the load, or of the one that made it */
export async function ensureLoaded(
  database: BenchDatabase,
  size: CompanySize,
  onProgress: LoadProgress,
): Promise<{ steps: LoadStep[]; loadedAt: string }> {
  if (database.loaded !== null) return manifestSchema.parse(database.loaded);
  const steps = await loadCompany(size, onProgress);
  const manifest = { loadedAt: new Date().toISOString(), steps };
  database.remember(manifest);
  return manifest;
}

/** Loads the company and says what it took. */
export async function runLoad(database: BenchDatabase, size: CompanySize, onProgress: LoadProgress): Promise<Report> {
  const { loadedAt, steps } = await ensureLoaded(database, size, onProgress);
  await vacuumAnalyze();
  const [first, ...tables] = await loadTables(steps);
  const note = `Loaded at ${loadedAt}. ${await rollbackCheck(size)}`;
  return {
    command: "load",
    tables: first === undefined ? tables : [{ ...first, notes: [...(first.notes ?? []), note] }, ...tables],
  };
}
