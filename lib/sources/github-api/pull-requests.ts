import {
  type ApiPullRequest,
  moreFilesSchema,
  moreThreadsSchema,
  moreTimelineSchema,
  pullRequestPageSchema,
  pullRequestsByIdSchema,
} from "./answers";
import type { Budget, GitHubClient } from "./client";
import { GitHubFailure } from "./failure";
import type { WholePullRequest } from "./map-pull-request";
import { type Page, pageOf, presentRepository, type RepositoryName, wholeList, wholeNodes } from "./page";
import {
  MORE_FILES,
  MORE_THREADS,
  MORE_TIMELINE,
  PULL_REQUEST_PAGE,
  PULL_REQUESTS_BY_ID,
} from "./queries/pull-requests";

/** GitHub lists no more files of a pull request than these. */
const MOST_FILES = 3000;

const nodesOf = <Node>(nodes: readonly (Node | null)[] | null): Node[] => (nodes ?? []).filter((node) => node !== null);

/** Whether everything of it was on one page, and nothing of it was left out because of an error. */
function isWhole({ files, labels, reviewThreads, timelineItems }: ApiPullRequest): boolean {
  return [files, labels, reviewThreads, timelineItems].every(
    (part) => part === null || (!part.pageInfo.hasNextPage && part.nodes?.includes(null) === false),
  );
}

function toWhole({ files, labels, reviewThreads, timelineItems, ...pull }: ApiPullRequest): WholePullRequest {
  return {
    ...pull,
    labels: nodesOf(labels?.nodes ?? null).map(({ name }) => name),
    files: files === null ? null : nodesOf(files.nodes),
    threads: nodesOf(reviewThreads.nodes),
    timeline: nodesOf(timelineItems.nodes),
  };
}

export interface PullRequestPage extends Page<WholePullRequest> {
  /** Those of which a page could not hold everything, to be read by `fetchPullRequest`. */
  long: { id: string; number: number; updatedAt: string }[];
  /** The latest and the earliest change on the page; null when it is empty. */
  newest: string | null;
  oldest: string | null;
}

/**
 * A page of pull requests, latest change first.
 * @param after where the page before ended
 * @param first how many, at most 100
 * @throws {GitHubFailure}
 */
export async function fetchPullRequestPage(
  client: GitHubClient,
  repository: RepositoryName,
  { after, first }: { after: string | null; first: number },
): Promise<PullRequestPage> {
  const answer = await client.graphql(PULL_REQUEST_PAGE, { ...repository, after, first }, pullRequestPageSchema);
  const { id, pullRequests } = presentRepository(answer.data.repository, answer, repository);
  const page = pageOf(answer, id, pullRequests);
  const nodes = page.items;
  return {
    ...page,
    items: nodes.filter(isWhole).map((pull) => toWhole(pull)),
    long: nodes.filter((pull) => !isWhole(pull)).map(({ id, number, updatedAt }) => ({ id, number, updatedAt })),
    newest: nodes[0]?.updatedAt ?? null,
    oldest: nodes.at(-1)?.updatedAt ?? null,
  };
}

/**
 * One pull request with everything that it holds, however long.
 * @returns null for one that GitHub no longer shows
 * @throws {GitHubFailure}
 */
export async function fetchPullRequest(
  client: GitHubClient,
  id: string,
): Promise<{ pull: WholePullRequest | null; budget: Budget | null }> {
  const first = await client.graphql(PULL_REQUESTS_BY_ID, { ids: [id] }, pullRequestsByIdSchema);
  const found = first.data.nodes[0] ?? null;
  if (found === null) {
    // Null with an error that is not about its absence says nothing.
    if (first.partial.some((error) => !/could not resolve/i.test(error))) {
      throw new GitHubFailure({ kind: "transient" }, `GitHub left out a pull request: ${first.partial[0] ?? ""}`);
    }
    return { pull: null, budget: first.budget };
  }
  const { partial } = first;
  if (found.labels !== null) wholeNodes(found.labels.nodes, partial);
  const timeline = await wholeList({ ...first, list: found.timelineItems }, async (after) => {
    const more = await client.graphql(MORE_TIMELINE, { id, after }, moreTimelineSchema);
    return { ...more, list: more.data.node?.timelineItems };
  });
  const threads = await wholeList({ ...timeline, partial, list: found.reviewThreads }, async (after) => {
    const more = await client.graphql(MORE_THREADS, { id, after }, moreThreadsSchema);
    return { ...more, list: more.data.node?.reviewThreads };
  });
  const whole = { ...toWhole(found), timeline: timeline.items, threads: threads.items };
  if (found.files === null) return { pull: whole, budget: threads.budget };
  const files = await wholeList(
    { ...threads, partial, list: found.files },
    async (after) => {
      const more = await client.graphql(MORE_FILES, { id, after }, moreFilesSchema);
      return { ...more, list: more.data.node?.files };
    },
    MOST_FILES,
  );
  return { pull: { ...whole, files: files.items }, budget: files.budget };
}
