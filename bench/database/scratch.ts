import type { BenchContext } from "@/bench/context";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import { closeReadPool } from "@/lib/db/read-pool";
import { createDatabase, dropDatabase } from "./on-server";
import { type BenchDatabase, bringUpToDate, withPool } from "./open";

const SCRATCH = "bench_scratch";

/**
 * Runs work on a second database of the same server that is thrown away afterwards, so that what is measured there
 * leaves the loaded company as it is. The pool of this process is on it meanwhile.
 * @param content `company`: a copy of what is loaded; `empty`: the schema alone
 */
export async function withScratch<Result>(
  context: BenchContext,
  database: BenchDatabase,
  content: "company" | "empty",
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  // A database with connections cannot be copied.
  await closeReadPool();
  await closePool();
  const scratch = new URL(database.url);
  scratch.pathname = `/${SCRATCH}`;
  try {
    await createDatabase(scratch.href, content === "company" ? database.url : null);
    await bringUpToDate(context, scratch.href);
    return await withPool(scratch.href, () => work(scratch.href));
  } finally {
    await dropDatabase(scratch.href);
    setPool(createPool(database.url, "fleetgauge-bench"));
  }
}
