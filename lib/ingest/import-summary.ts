import { AUTHOR_KIND_CODE, AUTHOR_KINDS, type AuthorKind } from "@/lib/core/dimensions";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

/** What is known of a repository after an import: what `fleetgauge import git` prints. */
export interface RepositorySummary {
  landed: number;
  merged: number;
  direct: number;
  byMergeKind: { squash: number; merge: number; rebase: number };
  byAuthorKind: Record<AuthorKind, number>;
  /** A pull request with several agents counts under each. Agents without one are left out. */
  byAgent: { agent: string; name: string; merged: number }[];
  /** Pull requests rolled back by a declared revert, and how many of them within the windows. */
  rolledBack: number;
  rolledBack24h: number;
  rolledBack7d: number;
  relands: number;
  partial: number;
  undeclared: number;
  unresolved: number;
  completeTo: string | null;
}

interface RepositoryRow {
  landed: number;
  merged: number;
  direct: number;
  squash: number;
  merge_commit: number;
  rebase: number;
  complete_to: Date;
}

/** Counts the facts of one repository over its whole history; no population is left out, so these are raw counts. */
export async function summarizeRepository(orgId: number, repoId: number): Promise<RepositorySummary> {
  const [repository] = await query<RepositoryRow>(
    sql`select landed, merged, direct, squash, merge_commit, rebase, complete_to
      from fact_repository where org_id = ${orgId} and repo_id = ${repoId}`,
  );
  const kinds = await query<{ author_kind: number; merged: number }>(
    sql`select author_kind, count(*) as merged from fact_pull_request
      where org_id = ${orgId} and repo_id = ${repoId} group by author_kind`,
  );
  const agents = await query<{ agent: string; name: string; merged: number }>(
    sql`select a.key as agent, a.name, count(*) as merged from fact_pull_request f
      join agent a on f.agent_mask & (1::bigint << a.code) <> 0
      where f.org_id = ${orgId} and f.repo_id = ${repoId} group by a.key, a.name order by merged desc, a.key`,
  );
  const [reverts] = await query<Record<string, number>>(
    sql`select count(distinct target_number) filter (where counts) as rolled_back,
        count(distinct target_number) filter (where counts and seconds <= 86400) as within_24h,
        count(distinct target_number) filter (where counts and seconds <= 604800) as within_7d,
        count(distinct revert_key) filter (where kind = 'reland') as relands,
        count(distinct revert_key) filter (where kind = 'partial') as partial,
        count(distinct revert_key) filter (where kind = 'undeclared') as undeclared,
        count(distinct revert_key) filter (where kind = 'unresolved') as unresolved
      from fact_rollback where org_id = ${orgId} and repo_id = ${repoId}`,
  );
  const merged = (kind: AuthorKind) => kinds.find((row) => row.author_kind === AUTHOR_KIND_CODE[kind])?.merged ?? 0;
  return {
    landed: repository?.landed ?? 0,
    merged: repository?.merged ?? 0,
    direct: repository?.direct ?? 0,
    byMergeKind: {
      squash: repository?.squash ?? 0,
      merge: repository?.merge_commit ?? 0,
      rebase: repository?.rebase ?? 0,
    },
    byAuthorKind: Object.fromEntries(AUTHOR_KINDS.map((kind) => [kind, merged(kind)])) as Record<AuthorKind, number>,
    byAgent: agents,
    rolledBack: reverts?.rolled_back ?? 0,
    rolledBack24h: reverts?.within_24h ?? 0,
    rolledBack7d: reverts?.within_7d ?? 0,
    relands: reverts?.relands ?? 0,
    partial: reverts?.partial ?? 0,
    undeclared: reverts?.undeclared ?? 0,
    unresolved: reverts?.unresolved ?? 0,
    completeTo: repository?.complete_to.toISOString() ?? null,
  };
}
