import { type ApiIssue, issuePageSchema } from "./activity-answers";
import type { GitHubClient } from "./client";
import { type Page, pageOf, presentRepository, type RepositoryName } from "./page";
import { ISSUE_PAGE } from "./queries/issues";

/**
 * A page of the issues that changed since an instant, the latest change first.
 * @param since null: all of them
 * @throws {GitHubFailure}
 */
export async function fetchIssuePage(
  client: GitHubClient,
  repository: RepositoryName,
  { after, first, since }: { after: string | null; first: number; since: string | null },
): Promise<Page<ApiIssue>> {
  const answer = await client.graphql(ISSUE_PAGE, { ...repository, after, first, since }, issuePageSchema);
  const { id, issues } = presentRepository(answer.data.repository, answer, repository);
  return pageOf(answer, id, issues);
}
