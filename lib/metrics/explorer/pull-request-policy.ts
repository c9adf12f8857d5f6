import { AUTHOR_KIND_CODE } from "@/lib/core/dimensions";
import { checksOf } from "@/lib/core/policy";
import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PullRequestPolicy } from "@/lib/metrics/explorer/types";

/** Whether a pull request was merged as the policy asks (metrics.md 5.3); null of one that no agent had a hand in. */
export async function readPolicy(
  { number, orgId, repoId }: { orgId: number; repoId: number; number: number },
  client: Queryable,
): Promise<PullRequestPolicy | null> {
  const [row] = await query<{ kind: number; violations: number | null }>(
    sql`select f.author_kind as kind, c.violations from fact_pull_request f
        left join fact_pull_request_course c on (c.org_id, c.repo_id, c.number) = (f.org_id, f.repo_id, f.number)
      where f.org_id = ${orgId} and f.repo_id = ${repoId} and f.number = ${number}`,
    client,
  );
  if (row === undefined || (row.kind !== AUTHOR_KIND_CODE.agent && row.kind !== AUTHOR_KIND_CODE.assisted)) return null;
  if (row.violations === null) return { state: "not_evaluable", failed: [] };
  const failed = checksOf(row.violations);
  return { state: failed.length === 0 ? "compliant" : "violation", failed };
}
