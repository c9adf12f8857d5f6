import { type ApiCodeownersVersion, codeownersPlacesSchema, codeownersVersionsSchema } from "./answers";
import type { GitHubClient } from "./client";
import { type Page, presentRepository, type RepositoryName, wholeNodes } from "./page";
import { CODEOWNERS_PLACES, CODEOWNERS_VERSIONS } from "./queries/codeowners";

/** Where a repository's CODEOWNERS file is now; null where there is none. @throws {GitHubFailure} */
export async function fetchCodeownersPath(
  client: GitHubClient,
  repository: RepositoryName,
): Promise<{ path: string | null; repositoryId: string }> {
  const answer = await client.graphql(CODEOWNERS_PLACES, { ...repository }, codeownersPlacesSchema);
  const { docs, github, id, root } = presentRepository(answer.data.repository, answer, repository);
  const path =
    github !== null ? ".github/CODEOWNERS" : root !== null ? "CODEOWNERS" : docs !== null ? "docs/CODEOWNERS" : null;
  return { path, repositoryId: id };
}

/** A page of the states of a CODEOWNERS file, newest first. @throws {GitHubFailure} */
export async function fetchCodeownersPage(
  client: GitHubClient,
  repository: RepositoryName,
  { after, first, path }: { path: string; after: string | null; first: number },
): Promise<Page<ApiCodeownersVersion>> {
  const answer = await client.graphql(
    CODEOWNERS_VERSIONS,
    { ...repository, path, after, first },
    codeownersVersionsSchema,
  );
  const { defaultBranchRef, id } = presentRepository(answer.data.repository, answer, repository);
  const history = defaultBranchRef?.target.history;
  return {
    items: history === undefined ? [] : wholeNodes(history.nodes, answer.partial),
    next: history?.pageInfo.hasNextPage === true ? history.pageInfo.endCursor : null,
    total: history?.totalCount ?? 0,
    repositoryId: id,
    budget: answer.budget,
    ms: answer.ms,
  };
}
