import { type ApiLandedCommit, defaultBranchSchema, historyPageSchema } from "./answers";
import type { GitHubClient } from "./client";
import { GitHubFailure } from "./failure";
import { type Page, presentRepository, type RepositoryName, wholeNodes } from "./page";
import { DEFAULT_BRANCH, HISTORY_PAGE } from "./queries/history";

export interface DefaultBranch {
  repositoryId: string;
  url: string;
  /** null: nothing was ever pushed. */
  head: { branch: string; sha: string } | null;
}

/** Where the default branch stands now. @throws {GitHubFailure} */
export async function fetchDefaultBranch(client: GitHubClient, repository: RepositoryName): Promise<DefaultBranch> {
  const answer = await client.graphql(DEFAULT_BRANCH, { ...repository }, defaultBranchSchema);
  const { id, url, defaultBranchRef } = presentRepository(answer.data.repository, answer, repository);
  const head = defaultBranchRef && { branch: defaultBranchRef.name, sha: defaultBranchRef.target.oid };
  return { repositoryId: id, url, head };
}

/**
 * A page of the commits that a commit reaches, itself first.
 * @throws {GitHubFailure} `stale_cursor` when the commit is gone, as after a force push
 */
export async function fetchHistoryPage(
  client: GitHubClient,
  repository: RepositoryName,
  { after, first, from }: { from: string; after: string | null; first: number },
): Promise<Page<ApiLandedCommit>> {
  const answer = await client.graphql(HISTORY_PAGE, { ...repository, from, after, first }, historyPageSchema);
  const { id, object } = presentRepository(answer.data.repository, answer, repository);
  if (object === null) throw new GitHubFailure({ kind: "stale_cursor" }, `GitHub no longer shows the commit ${from}`);
  const { nodes, pageInfo, totalCount } = object.history;
  return {
    items: wholeNodes(nodes, answer.partial),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    total: totalCount,
    repositoryId: id,
    budget: answer.budget,
    ms: answer.ms,
  };
}

/** Picks the first-parent line out of a page of ancestors. */
export function pickLine(
  commits: readonly ApiLandedCommit[],
  expected: string | null,
): { line: ApiLandedCommit[]; expected: string | null } {
  const bySha = new Map(commits.map((commit) => [commit.oid, commit]));
  const line: ApiLandedCommit[] = [];
  let next = expected;
  for (let commit = next === null ? undefined : bySha.get(next); commit !== undefined; ) {
    line.push(commit);
    next = commit.parents.nodes[0]?.oid ?? null;
    commit = next === null ? undefined : bySha.get(next);
  }
  return { line, expected: next };
}
