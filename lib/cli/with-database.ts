import { closePool, createPool, setPool } from "@/lib/db/pool";
import { closeReadPool } from "@/lib/db/read-pool";
import type { CliContext } from "./context";

/** Runs a command's work with the pool of the process on the right database, and leaves everything closed behind it. */
export async function withDatabase<Result>(
  context: CliContext,
  work: (connectionString: string) => Promise<Result>,
): Promise<Result> {
  const database = await context.openDatabase();
  try {
    setPool(createPool(database.url, "fleetgauge-cli"));
    return await work(database.url);
  } finally {
    await closeReadPool();
    await closePool();
    await database.close();
  }
}
