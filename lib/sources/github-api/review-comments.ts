import { type ApiReviewComment, reviewCommentsSchema } from "./activity-answers";
import type { GitHubClient } from "./client";
import type { Page, RepositoryName } from "./page";

const AT_ONCE = 100;

/**
 * A page of a repository's review comments that changed since an instant, the earliest change first. GraphQL has them below
 * threads below pull requests alone, where a hundred pull requests would cost as much as a thousand do here.
 * @param since null: all of them
 * @throws {GitHubFailure}
 */
export async function fetchReviewCommentPage(
  client: GitHubClient,
  { name, owner }: RepositoryName,
  { page, since }: { page: number; since: string | null },
): Promise<Omit<Page<ApiReviewComment>, "repositoryId" | "total">> {
  const answer = await client.rest(
    "GET /repos/{owner}/{repo}/pulls/comments",
    {
      owner,
      repo: name,
      sort: "updated",
      direction: "asc",
      per_page: AT_ONCE,
      page,
      ...(since !== null && { since }),
    },
    reviewCommentsSchema,
  );
  return {
    items: answer.data,
    next: answer.hasNext ? String(page + 1) : null,
    budget: answer.budget,
    ms: answer.ms,
  };
}
