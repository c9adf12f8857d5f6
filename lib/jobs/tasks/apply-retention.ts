import { pruneDeliveries } from "@/lib/events/inbox/prune-deliveries";
import { pruneTelemetry } from "@/lib/events/telemetry/prune-telemetry";
import { pruneReports } from "@/lib/reports/report-files";
import { pruneOperations } from "@/lib/settings/operations";
import { readRetention } from "@/lib/settings/retention";
import type { Retention } from "@/lib/settings/types";

/** Rows that one statement deletes: a transaction that ends soon, whatever has gathered. */
const PORTION = 5000;
/** Pieces of a megabyte. */
const REPORT_PORTION = 200;

const PRUNES: Readonly<Record<keyof Retention, (days: number, most: number) => Promise<number>>> = {
  deliveries: pruneDeliveries,
  operations: pruneOperations,
};

/** Deletes what is older than its kind is kept; runs every hour. */
export async function applyRetention(_payload: object, { signal }: { signal: AbortSignal | undefined }): Promise<void> {
  const retention = await readRetention();
  for (const kind of Object.keys(PRUNES) as (keyof Retention)[]) {
    const days = retention[kind];
    if (days === null) continue;
    let portion = PORTION;
    while (portion === PORTION) {
      signal?.throwIfAborted();
      portion = await PRUNES[kind](days, PORTION);
    }
  }
  signal?.throwIfAborted();
  await pruneTelemetry();
  let portion = REPORT_PORTION;
  while (portion === REPORT_PORTION) {
    signal?.throwIfAborted();
    portion = await pruneReports(REPORT_PORTION);
  }
}
