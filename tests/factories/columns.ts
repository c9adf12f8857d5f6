import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { type FactTable, NO_NUMBERS, type NumberColumn, SUBJECT_CODE } from "@/lib/metrics/columns/table";

/** One pull request as a table holds it, with every position looked up. */
export interface StoredRow extends Record<NumberColumn, number> {
  mergedAt: number;
  repoId: number;
  number: number;
  teamId: number | null;
  authorKind: number;
  category: number;
  sizeBucket: number;
  exclusion: number;
  confidence: number;
  subject: number;
  cause: number;
  agentMask: bigint;
}

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("a row refers to nothing");
  return value;
}

/** Those that a table does not have are not known. */
const numbersOf = (table: FactTable, row: number): Record<NumberColumn, number> => ({
  ...NO_NUMBERS,
  ...Object.fromEntries(table.numbers.map((column) => [column, must(table[column][row])])),
});

/** The rows of a table in its order; none for none. */
export function rowsOf(table: FactTable | null): StoredRow[] {
  if (table === null) return [];
  return Array.from({ length: table.length }, (_, row) => ({
    mergedAt: must(table.mergedAt[row]),
    repoId: must(table.repos[must(table.repo[row])]),
    number: must(table.number[row]),
    teamId: must(table.teams[must(table.team[row])]),
    ...must(table.profiles[must(table.profile[row])]),
    ...numbersOf(table, row),
  }));
}

/** What a table of the organisation has to hold, read from the database by another way. */
export async function rowsInDatabase(orgId: number): Promise<StoredRow[]> {
  const rows = await query<Omit<StoredRow, "mergedAt" | "agentMask"> & { merged: Date; mask: string }>(
    sql`select merged_at as merged, repo_id as "repoId", number, team_id as "teamId", author_kind as "authorKind",
        category, size_bucket as "sizeBucket", exclusion, confidence, ${SUBJECT_CODE.merged}::integer as subject, agent_mask::text as mask,
        least(coalesce(rollback_seconds, -1), 2147483647)::integer as "rollbackSeconds",
        coalesce(effective_lines, -1) as "effectiveLines", coalesce(agent_lines, -1) as "agentLines",
        coalesce(prod_lines, -1) as "prodLines", coalesce(cycle_seconds, -1) as "cycleSeconds",
        coalesce(coding_seconds, -1) as "codingSeconds", coalesce(pickup_seconds, -1) as "pickupSeconds",
        coalesce(review_seconds, -1) as "reviewSeconds", coalesce(merge_seconds, -1) as "mergeSeconds",
        coalesce(deploy_seconds, -1) as "deploySeconds", coalesce(deploy_watched, -1) as "deployWatched",
        coalesce(human_reviews, -1) as "humanReviews", coalesce(review_rounds, -1) as "reviewRounds",
        coalesce(reworked, -1) as reworked, coalesce(auto_merged, -1) as "autoMerged",
        coalesce(intervened, -1) as intervened, coalesce(undone_seconds, -1) as "undoneSeconds",
        coalesce(defects_30d, -1) as "defects30d",
        coalesce(defects_90d, -1) as "defects90d", coalesce(security_90d, -1) as "security90d",
        coalesce(effort_seconds, -1) as "effortSeconds", coalesce(debugged_30d, -1) as "debugged30d", coalesce(person_id, -1) as person,
        coalesce(failure_cause + 1, 0) as cause, coalesce(fix_watched, -1) as "fixWatched",
        coalesce(features, -1) as features, coalesce(commits, -1) as commits,
        coalesce(coverage_delta, -1) as "coverageDelta", coalesce(patch_covered, -1) as "patchCovered",
        coalesce(patch_coverable, -1) as "patchCoverable", coalesce(churn_lines, -1) as "churnLines",
        coalesce(churned_14d, -1) as "churned14d", coalesce(churned_21d, -1) as "churned21d",
        coalesce(findings, -1) as findings, coalesce(caught, -1) as caught,
        coalesce(caught_or_found, -1) as "caughtOrFound", coalesce(violations, -1) as violations,
        coalesce(redeployed_seconds, -1) as "redeployedSeconds", coalesce(redeploy_unclear, -1) as "redeployUnclear",
        coalesce(incident_seconds, -1) as "incidentSeconds", coalesce(hotfix_seconds, -1) as "hotfixSeconds",
        coalesce(reverted_seconds, -1) as "revertedSeconds", coalesce(unclear_seconds, -1) as "unclearSeconds",
        coalesce(all_defects_30d, -1) as "allDefects30d", coalesce(all_defects_90d, -1) as "allDefects90d"
      from fact_pull_request left join fact_pull_request_course using (org_id, repo_id, number) where org_id = ${orgId}`,
  );
  return rows
    .map(({ merged, mask, ...row }) => ({
      ...NO_NUMBERS,
      ...row,
      mergedAt: merged.getTime(),
      agentMask: BigInt.asUintN(64, BigInt(mask)),
    }))
    .sort((a, b) => a.mergedAt - b.mergedAt || a.repoId - b.repoId || a.number - b.number);
}
