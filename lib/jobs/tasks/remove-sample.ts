import type { JobPayload } from "@/lib/jobs/payloads";
import { runOperation } from "@/lib/jobs/run-operation";
import { removeSampleOrganizations } from "@/lib/settings/sample";

/** Removes the sample fleet and all that was worked out from it. */
export async function removeSample(
  { operationId }: JobPayload<"remove-sample">,
  { signal }: { signal: AbortSignal | undefined },
): Promise<void> {
  await runOperation(operationId, signal, async (onProgress) => {
    onProgress("Removing the sample fleet", 0, null);
    return { removed: await removeSampleOrganizations() };
  });
}
