import { HOUR_SECONDS } from "@/lib/core/dimensions";
import { pruneFactChanges } from "@/lib/facts/prune-changes";

/** Runs every minute: what processes need to follow the facts in their memory is kept for an hour. */
export async function pruneOldFactChanges(): Promise<void> {
  await pruneFactChanges(HOUR_SECONDS);
}
