import { FAILURE_CAUSE_CODE, type FailureCause } from "@/lib/core/failure-causes";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** A pull request by its repository and number. */
interface PullRequestKey {
  repoId: number;
  number: number;
}

/**
 * Says why a pull request failed; null takes back what was said. Figures follow once the worker has seen it.
 */
export async function setFailureCause({ number, repoId }: PullRequestKey, cause: FailureCause | null): Promise<void> {
  if (cause === null) {
    await execute(sql`delete from pull_request_triage where repo_id = ${repoId} and number = ${number}`);
    return;
  }
  await execute(
    sql`insert into pull_request_triage (org_id, repo_id, number, cause, decided_at)
      select org_id, id, ${number}, ${FAILURE_CAUSE_CODE[cause]}, now() from repository where id = ${repoId}
      on conflict (org_id, repo_id, number) do update set cause = excluded.cause, decided_at = excluded.decided_at`,
  );
}
