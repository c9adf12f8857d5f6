import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { query as run } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { inScope, inTeams, loadDirectory } from "@/lib/metrics/directory";
import type { ClosedPullRequestDetail, PullRequestDetail } from "@/lib/metrics/explorer/types";
import { withScopedSnapshot } from "@/lib/metrics/scoped-snapshot";
import { getPullRequest, noSuchPullRequest, parsePullRequestId } from "./pull-request-detail";
import { readFailure } from "./pull-request-failure";
import { createItemReader, type NarrowRow } from "./pull-request-item";
import { storedVerdictsSchema } from "./stored-json";

interface ClosedRow extends NarrowRow {
  title: string;
  verdicts: unknown;
}

/**
 * One pull request that was closed without a merge, with the evidence for who made it and what kind of work it was.
 * @throws {AppError} `not_found`, also for one that exists outside of the scope.
 */
async function getClosedPullRequest(scope: Scope, id: string): Promise<ClosedPullRequestDetail> {
  const { number, repoId } = parsePullRequestId(id);
  return withScopedSnapshot(scope, async (client) => {
    const [row] = await run<ClosedRow>(
      sql`select f.org_id, f.repo_id, f.number, f.closed_at as merged_at, f.team_id, null as rollback_seconds,
          null as effective_lines, f.author_kind, f.category, 0 as exclusion, f.title, f.verdicts
        from fact_closed_pull_request f
        where ${inScope(scope, sql`f.org_id`)} and ${inTeams(scope, sql`f.team_id`)} and f.repo_id = ${repoId} and f.number = ${number}`,
      client,
    );
    if (row === undefined) throw noSuchPullRequest(id);
    const { agents, authorName, authorship, category } = storedVerdictsSchema.parse(row.verdicts);
    const directory = await loadDirectory(scope, client);
    return {
      ...createItemReader(directory)({ ...row, url: null, agents, outcome: "closed" }),
      outcome: "closed",
      authorName: scope.personFields ? authorName : null,
      authorship,
      categoryVerdict: category,
      failure: await readFailure({ orgId: row.org_id, repoId, number }, client),
    };
  });
}

/**
 * One pull request, however it ended.
 * @param id `<repository id>-<number>`
 * @throws {AppError} `not_found`, also for one that exists outside of the scope.
 */
export async function findPullRequest(scope: Scope, id: string): Promise<PullRequestDetail | ClosedPullRequestDetail> {
  try {
    return await getPullRequest(scope, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return getClosedPullRequest(scope, id);
    throw error;
  }
}
