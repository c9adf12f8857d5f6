import { type ApiRelease, releasePageSchema } from "./activity-answers";
import type { GitHubClient } from "./client";
import { type Page, pageOf, presentRepository, type RepositoryName } from "./page";
import { RELEASE_PAGE } from "./queries/releases";

/** A page of releases, the latest made first. @throws {GitHubFailure} */
export async function fetchReleasePage(
  client: GitHubClient,
  repository: RepositoryName,
  { after, first }: { after: string | null; first: number },
): Promise<Page<ApiRelease>> {
  const answer = await client.graphql(RELEASE_PAGE, { ...repository, after, first }, releasePageSchema);
  const { id, releases } = presentRepository(answer.data.repository, answer, repository);
  return pageOf(answer, id, releases);
}
