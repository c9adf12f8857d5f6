import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PullRequestTable } from "@/lib/metrics/columns/table";

/** One pull request as a table holds it, with every position looked up. */
export interface StoredRow {
  mergedAt: number;
  repoId: number;
  number: number;
  teamId: number | null;
  authorKind: number;
  category: number;
  sizeBucket: number;
  exclusion: number;
  confidence: number;
  agentMask: bigint;
  rollbackSeconds: number;
  effectiveLines: number;
  agentLines: number;
  prodLines: number;
}

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("a row refers to nothing");
  return value;
}

/** The rows of a table in its order; none for none. */
export function rowsOf(table: PullRequestTable | null): StoredRow[] {
  if (table === null) return [];
  return Array.from({ length: table.length }, (_, row) => ({
    mergedAt: must(table.mergedAt[row]),
    repoId: must(table.repos[must(table.repo[row])]),
    number: must(table.number[row]),
    teamId: must(table.teams[must(table.team[row])]),
    ...must(table.profiles[must(table.profile[row])]),
    rollbackSeconds: must(table.rollbackSeconds[row]),
    effectiveLines: must(table.effectiveLines[row]),
    agentLines: must(table.agentLines[row]),
    prodLines: must(table.prodLines[row]),
  }));
}

/** What a table of the organisation has to hold, read from the database by another way. */
export async function rowsInDatabase(orgId: number): Promise<StoredRow[]> {
  const rows = await query<Omit<StoredRow, "mergedAt" | "agentMask"> & { merged: Date; mask: string }>(
    sql`select merged_at as merged, repo_id as "repoId", number, team_id as "teamId", author_kind as "authorKind",
        category, size_bucket as "sizeBucket", exclusion, confidence, agent_mask::text as mask,
        least(coalesce(rollback_seconds, -1), 2147483647)::integer as "rollbackSeconds",
        coalesce(effective_lines, -1) as "effectiveLines", coalesce(agent_lines, -1) as "agentLines",
        coalesce(prod_lines, -1) as "prodLines"
      from fact_pull_request where org_id = ${orgId}`,
  );
  return rows
    .map(({ merged, mask, ...row }) => ({
      ...row,
      mergedAt: merged.getTime(),
      agentMask: BigInt.asUintN(64, BigInt(mask)),
    }))
    .sort((a, b) => a.mergedAt - b.mergedAt || a.repoId - b.repoId || a.number - b.number);
}
