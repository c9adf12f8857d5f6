import { getPool } from "@/lib/db/pool";

/** Brings statistics and the visibility map up to date, so that index-only scans need no look into the table. */
export async function vacuumAnalyze(): Promise<void> {
  const client = await getPool().connect();
  try {
    // Not in a transaction, and longer than any statement of the product may take.
    await client.query("set statement_timeout = 0");
    await client.query("vacuum (analyze)");
  } finally {
    client.release(true);
  }
}
