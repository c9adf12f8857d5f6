import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { causeWord } from "@/lib/metrics/columns/table";
import type { PullRequestFailure } from "@/lib/metrics/explorer/types";
import { failureCauseOf } from "@/lib/metrics/vocabulary";

interface FailureRow {
  rolled_back: boolean;
  reworked: boolean;
  defect: boolean;
  cause: number | null;
  decided_at: Date | null;
}

/** Whether a pull request failed, how that is known, and why, if somebody has said it; null of one that held. */
export async function readFailure(
  { number, orgId, repoId }: { orgId: number; repoId: number; number: number },
  client: Queryable,
): Promise<PullRequestFailure | null> {
  const [row] = await query<FailureRow>(
    sql`select f.rollback_seconds is not null as rolled_back, coalesce(c.reworked = 1, false) as reworked,
        coalesce(c.failure_cause is not null and (c.defects_90d > 0
          or (f.rollback_seconds is null and c.reworked is distinct from 1)), false) as defect,
        t.cause, t.decided_at
      from (
          select org_id, repo_id, number, rollback_seconds from fact_pull_request
          where org_id = ${orgId} and repo_id = ${repoId} and number = ${number}
          union all
          select org_id, repo_id, number, null from fact_closed_pull_request
          where org_id = ${orgId} and repo_id = ${repoId} and number = ${number}
        ) f
        left join fact_pull_request_course c on (c.org_id, c.repo_id, c.number) = (f.org_id, f.repo_id, f.number)
        left join pull_request_triage t on (t.org_id, t.repo_id, t.number) = (f.org_id, f.repo_id, f.number)
      limit 1`,
    client,
  );
  if (row === undefined) return null;
  const reasons: PullRequestFailure["reasons"] = [
    ...(row.rolled_back ? (["rolled_back"] as const) : []),
    ...(row.reworked ? (["reworked"] as const) : []),
    ...(row.defect ? (["defect"] as const) : []),
  ];
  if (reasons.length === 0) return null;
  return {
    reasons,
    cause: row.cause === null ? null : (failureCauseOf(causeWord(row.cause)) ?? null),
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}
