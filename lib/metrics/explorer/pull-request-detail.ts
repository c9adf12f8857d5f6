import type { z } from "zod";
import type { Scope } from "@/lib/auth/scope";
import { SMALL_TEAMS } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { query as run } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { inScope, inTeams, loadDirectory } from "@/lib/metrics/directory";
import type { EvidenceItem, PullRequestDetail } from "@/lib/metrics/explorer/types";
import { withScopedSnapshot } from "@/lib/metrics/scoped-snapshot";
import { readCorrection } from "./pull-request-correction";
import { readFailure } from "./pull-request-failure";
import { createItemReader, ITEM_COLUMNS, type ItemRow } from "./pull-request-item";
import { readPolicy } from "./pull-request-policy";
import { createRollbackReader, ROLLBACK_COLUMNS, ROLLBACK_SOURCE, type RollbackRow } from "./rollback-item";
import { storedAuthorshipSchema, storedCategorySchema, storedExclusionSchema, storedTeamSchema } from "./stored-json";

interface DetailRow extends ItemRow {
  author_name: string | null;
  head_ref: string | null;
  merge_sha: string;
  merge_kind: PullRequestDetail["mergeKind"];
  additions: number | null;
  deletions: number | null;
  changed_files: number | null;
  prod_lines: number | null;
  lines_reason: string | null;
  authorship: unknown;
  category_verdict: unknown;
  team_verdict: unknown;
  exclusion_evidence: unknown;
}

/** That there is no pull request of this id, or none that may be seen. */
export function noSuchPullRequest(id: string): AppError {
  return new AppError({ code: "not_found", message: `There is no pull request "${id}".` });
}

/** The parts of `<repository id>-<number>`. @throws {AppError} `not_found` */
export function parsePullRequestId(id: string): { repoId: number; number: number } {
  const [, repo, pull] = /^(\d{1,9})-(\d{1,9})$/.exec(id) ?? [];
  if (repo === undefined || pull === undefined) throw noSuchPullRequest(id);
  return { repoId: Number(repo), number: Number(pull) };
}

/** Whom it was made for; where persons are not shown, only how that is known. */
function delegationFor(
  { personFields }: Scope,
  delegation: z.output<typeof storedTeamSchema>["delegation"],
): PullRequestDetail["delegation"] {
  if (delegation === undefined) return null;
  if (personFields) return delegation;
  const { rule, text } = delegation.evidence;
  return { name: null, evidence: { rule, text } };
}

/** Why it is that team's; words that name the team are left out where it is counted with others. */
function teamEvidenceFor(isFolded: boolean, evidence: EvidenceItem): EvidenceItem {
  if (!isFolded) return evidence;
  return { rule: evidence.rule, text: "One of the small teams, which are counted together (fewer than five people)." };
}

/**
 * One merged pull request with the evidence for each verdict and every revert that it takes part in.
 * @param id `<repository id>-<number>`
 * @throws {AppError} `not_found`, also for one that exists outside of the scope.
 */
export async function getPullRequest(scope: Scope, id: string): Promise<PullRequestDetail> {
  const { number, repoId } = parsePullRequestId(id);
  return withScopedSnapshot(scope, async (client) => {
    const [row] = await run<DetailRow>(
      sql`select ${ITEM_COLUMNS}, d.author_name, d.head_ref, d.merge_sha, d.merge_kind, d.additions, d.deletions,
          d.changed_files, f.prod_lines, d.lines_reason, d.authorship, d.category as category_verdict, d.team as team_verdict,
          d.exclusion as exclusion_evidence
        from fact_pull_request f
        join fact_pull_request_detail d on (d.org_id, d.repo_id, d.number) = (f.org_id, f.repo_id, f.number)
        where ${inScope(scope, sql`f.org_id`)} and ${inTeams(scope, sql`f.team_id`)} and f.repo_id = ${repoId} and f.number = ${number}`,
      client,
    );
    if (row === undefined) throw noSuchPullRequest(id);
    const verdicts = await run<RollbackRow>(
      sql`select ${ROLLBACK_COLUMNS} ${ROLLBACK_SOURCE}
        where v.org_id = ${row.org_id} and v.repo_id = ${repoId} and (v.target_number = ${number}
          or v.revert_number = ${number}
          or v.target_key in (select w.revert_key from fact_rollback w
            where w.org_id = ${row.org_id} and w.repo_id = ${repoId} and w.target_number = ${number}))
        order by v.reverted_at, v.revert_key, v.target_key`,
      client,
    );
    const directory = await loadDirectory(scope, client);
    const read = createRollbackReader(directory);
    const item = createItemReader(directory)(row);
    const team = storedTeamSchema.parse(row.team_verdict);
    const category = storedCategorySchema.parse(row.category_verdict);
    return {
      ...item,
      outcome: "merged",
      authorName: scope.personFields ? row.author_name : null,
      headRef: row.head_ref,
      mergeSha: row.merge_sha,
      mergeKind: row.merge_kind,
      additions: row.additions,
      deletions: row.deletions,
      changedFiles: row.changed_files,
      prodLines: row.prod_lines,
      linesReason: row.lines_reason,
      authorship: storedAuthorshipSchema.parse(row.authorship),
      categoryVerdict: category,
      teamVerdict: { evidence: teamEvidenceFor(item.team === SMALL_TEAMS, team.evidence) },
      delegation: delegationFor(scope, team.delegation),
      exclusionEvidence: storedExclusionSchema.parse(row.exclusion_evidence),
      correction: await readCorrection({ orgId: row.org_id, repoId, number }, client),
      policy: await readPolicy({ orgId: row.org_id, repoId, number }, client),
      failure: await readFailure({ orgId: row.org_id, repoId, number }, client),
      rollbacks: verdicts.filter((verdict) => verdict.revert_number !== number).map(read),
      reverts: verdicts.filter((verdict) => verdict.revert_number === number).map(read),
    };
  });
}
