import { pullVendorCosts } from "@/lib/ingest/vendor-costs";
import { enqueueProjection } from "@/lib/jobs/enqueue";

/** Asks vendors what was paid; looks every minute which accounts are due, each once a day. */
export async function pullCosts(): Promise<void> {
  if ((await pullVendorCosts()) > 0) await enqueueProjection();
}
