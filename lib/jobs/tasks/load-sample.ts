import { loadSampleFleet } from "@/lib/ingest/sample-fleet";
import type { JobPayload } from "@/lib/jobs/payloads";
import { runOperation } from "@/lib/jobs/run-operation";

/** Loads the sample fleet as events, through the same projections as real data. */
export async function loadSample(
  { operationId }: JobPayload<"load-sample">,
  { signal }: { signal: AbortSignal | undefined },
): Promise<void> {
  await runOperation(operationId, signal, (onProgress) => loadSampleFleet(onProgress));
}
