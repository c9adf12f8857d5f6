import { type ImportResult, importGitHistory } from "@/lib/ingest/import-git";
import type { JobPayload } from "@/lib/jobs/payloads";
import { runOperation } from "@/lib/jobs/run-operation";
import type { ImportOutcome } from "@/lib/settings/types";

/** Imports a repository of this machine for the screen that asked for it. */
export async function importGit(
  { operationId, request }: JobPayload<"import-git">,
  { signal }: { signal: AbortSignal | undefined },
): Promise<void> {
  await runOperation(operationId, signal, async (onProgress) =>
    toOutcome(
      await importGitHistory(request, { now: new Date(), onProgress, ...(signal !== undefined && { signal }) }),
    ),
  );
}

function toOutcome({ org, repo, events, warnings, summary, seconds }: ImportResult): ImportOutcome {
  return {
    org,
    repo,
    added: events.added,
    merged: summary.merged,
    direct: summary.direct,
    byAuthorKind: summary.byAuthorKind,
    byAgent: summary.byAgent,
    rolledBack: summary.rolledBack,
    rolledBack7d: summary.rolledBack7d,
    unresolved: summary.unresolved,
    warnings: warnings.map(({ message }) => message),
    seconds,
  };
}
