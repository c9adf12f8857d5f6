import type { JobPayload } from "@/lib/jobs/payloads";
import { runOperation } from "@/lib/jobs/run-operation";
import { makeReport as make } from "@/lib/reports/make-report";

/** Makes a report that somebody asked for. */
export async function makeReport(
  { operationId, ...asked }: JobPayload<"make-report">,
  { signal }: { signal: AbortSignal | undefined },
): Promise<void> {
  await runOperation(operationId, signal, (onProgress) => make({ operationId, ...asked }, { onProgress, signal }));
}
