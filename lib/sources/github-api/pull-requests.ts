import {
  type ApiPullRequest,
  moreFilesSchema,
  moreTimelineSchema,
  pullRequestPageSchema,
  pullRequestsByIdSchema,
  type TimelineItem,
} from "./answers";
import type { Budget, GitHubClient } from "./client";
import { GitHubFailure } from "./failure";
import type { WholePullRequest } from "./map-pull-request";
import { type Page, presentRepository, type RepositoryName, wholeNodes } from "./page";
import { MORE_FILES, MORE_TIMELINE, PULL_REQUEST_PAGE, PULL_REQUESTS_BY_ID } from "./queries/pull-requests";

/** GitHub lists no more files of a pull request than these. */
const MOST_FILES = 3000;

const nodesOf = <Node>(nodes: readonly (Node | null)[] | null): Node[] => (nodes ?? []).filter((node) => node !== null);

/** Whether everything of it was on one page, and nothing of it was left out because of an error. */
function isWhole({ files, labels, timelineItems }: ApiPullRequest): boolean {
  return [files, labels, timelineItems].every(
    (part) => part === null || (!part.pageInfo.hasNextPage && part.nodes?.includes(null) === false),
  );
}

function toWhole(
  { files, labels, timelineItems, ...pull }: ApiPullRequest,
  timeline?: TimelineItem[],
): WholePullRequest {
  return {
    ...pull,
    labels: nodesOf(labels?.nodes ?? null).map(({ name }) => name),
    files: files === null ? null : nodesOf(files.nodes),
    timeline: timeline ?? nodesOf(timelineItems.nodes),
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
  const nodes = wholeNodes(pullRequests.nodes, answer.partial);
  return {
    items: nodes.filter(isWhole).map((pull) => toWhole(pull)),
    long: nodes.filter((pull) => !isWhole(pull)).map(({ id, number, updatedAt }) => ({ id, number, updatedAt })),
    newest: nodes[0]?.updatedAt ?? null,
    oldest: nodes.at(-1)?.updatedAt ?? null,
    next: pullRequests.pageInfo.hasNextPage ? pullRequests.pageInfo.endCursor : null,
    total: pullRequests.totalCount,
    repositoryId: id,
    budget: answer.budget,
    ms: answer.ms,
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
  let { budget } = first;
  if (found.labels !== null) wholeNodes(found.labels.nodes, first.partial);
  const timeline = wholeNodes(found.timelineItems.nodes, first.partial);
  for (let page = found.timelineItems.pageInfo; page.hasNextPage; ) {
    const more = await client.graphql(MORE_TIMELINE, { id, after: page.endCursor }, moreTimelineSchema);
    const items = more.data.node?.timelineItems;
    if (items === undefined) throw new GitHubFailure({ kind: "transient" }, "GitHub left out a page of a timeline");
    timeline.push(...wholeNodes(items.nodes, more.partial));
    page = items.pageInfo;
    budget = more.budget;
  }
  const files = found.files === null ? [] : wholeNodes(found.files.nodes, first.partial);
  for (let page = found.files?.pageInfo; page?.hasNextPage === true && files.length < MOST_FILES; ) {
    const more = await client.graphql(MORE_FILES, { id, after: page.endCursor }, moreFilesSchema);
    const list = more.data.node?.files;
    if (list == null) throw new GitHubFailure({ kind: "transient" }, "GitHub left out a page of files");
    files.push(...wholeNodes(list.nodes, more.partial));
    page = list.pageInfo;
    budget = more.budget;
  }
  const whole = toWhole(found, timeline);
  return { pull: { ...whole, files: found.files === null ? null : files }, budget };
}
