import type { Queryable } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { PullRequestCorrection } from "@/lib/metrics/explorer/types";
import { authorKindOf, categoryOf } from "@/lib/metrics/vocabulary";

interface CorrectionRow {
  kind: number | null;
  agents: string[] | null;
  category: number | null;
  denied: boolean;
  rolled_back_at: Date | null;
  why: string;
  by: string;
  at: Date;
}

/** What somebody says of a pull request in the place of the rules; null: nobody does. */
export async function readCorrection(
  { number, orgId, repoId }: { orgId: number; repoId: number; number: number },
  client: Queryable,
): Promise<PullRequestCorrection | null> {
  const [row] = await query<CorrectionRow>(
    sql`select author_kind as kind, agents, category, not_rolled_back as denied, rolled_back_at, why, corrected_by as by, corrected_at as at
      from pull_request_correction where org_id = ${orgId} and repo_id = ${repoId} and number = ${number}`,
    client,
  );
  if (row === undefined) return null;
  return {
    authorKind: row.kind === null ? null : authorKindOf(row.kind),
    agents: row.agents,
    category: row.category === null ? null : categoryOf(row.category),
    notRolledBack: row.denied,
    rolledBackAt: row.rolled_back_at?.toISOString() ?? null,
    why: row.why,
    by: row.by,
    at: row.at.toISOString(),
  };
}
