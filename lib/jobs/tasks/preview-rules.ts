import { ruleSetOf } from "@/lib/attribution/rules/rule-set";
import { previewRules as workOut } from "@/lib/facts/preview-rules";
import type { JobPayload } from "@/lib/jobs/payloads";
import { runOperation } from "@/lib/jobs/run-operation";

/** Works out what other rules would change, and changes nothing. */
export async function previewRules(
  { operationId, orgId, rules }: JobPayload<"preview-rules">,
  { signal }: { signal: AbortSignal | undefined },
): Promise<void> {
  await runOperation(operationId, signal, (onProgress) =>
    workOut(orgId, ruleSetOf(rules), (done, total) => onProgress("Comparing", done, total)),
  );
}
